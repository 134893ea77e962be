package io.offerflow.bench.load;

import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import java.time.Duration;
import java.util.List;

/** The loader's process as its parent sees it. */
public final class LoaderClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Child child;

    private LoaderClient(Child child) {
        this.child = child;
    }

    /**
     * What was sent.
     *
     * @param lagP99Micros how late a command was sent, in µs; 0 where none had a time of its own
     */
    public record Sent(int commands, double seconds, long lagP50Micros, long lagP99Micros, long lagMaxMicros) {
    }

    public static LoaderClient start(Site site, int lingerMs) throws InterruptedException {
        List<String> arguments = site.arguments();
        arguments.add("linger.ms=" + lingerMs);
        Child child = Child.fork("loader", Loader.class, site.scratch(), List.of("-Xms512m", "-Xmx512m"), arguments);
        try {
            child.await(Signals.READY, Duration.ofSeconds(60));
        } catch (RuntimeException | InterruptedException e) {
            child.kill();
            throw e;
        }
        return new LoaderClient(child);
    }

    /** Sends the next commands of the workload as fast as their order allows; returns when the broker has them. */
    public Sent fill(int commands) throws InterruptedException {
        child.tell("fill " + commands);
        String[] words = child.await("filled", PATIENCE).split(" ");
        return new Sent(commands, Long.parseLong(words[1]) / 1e9, 0, 0, 0);
    }

    /** Begins to send the next commands of the workload, so many a second, whatever becomes of them. */
    public void beginPace(int perSecond, int commands) {
        child.tell("pace %d %d".formatted(perSecond, commands));
    }

    /** Waits until they are sent. */
    public Sent paced() throws InterruptedException {
        String[] words = child.await("paced", PATIENCE).split(" ");
        return new Sent(Integer.parseInt(words[0]), Long.parseLong(words[1]) / 1e9, Long.parseLong(words[2]),
                Long.parseLong(words[3]), Long.parseLong(words[4]));
    }

    public Duration cpu() {
        return child.cpu();
    }

    @Override
    public void close() {
        child.close();
    }
}
