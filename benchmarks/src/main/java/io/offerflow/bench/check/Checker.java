package io.offerflow.bench.check;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** The checker's process as its parent sees it. */
public final class Checker implements AutoCloseable {

    private final Child child;

    private Checker(Child child) {
        this.child = child;
    }

    /** When how many outcomes had come, by {@link System#nanoTime()}, which the processes of a machine share. */
    public record Mark(long nanos, int outcomes) {
    }

    /**
     * The end of a look.
     *
     * @param latency from the intended time of sending to the reading of the outcome, in µs
     * @param gapEndNanos when the longest silence after the first outcome ended, by {@link System#nanoTime()}
     */
    public record Done(Mark mark, Verdict verdict, Histogram latency, long gapEndNanos) {
    }

    /**
     * Starts it.
     *
     * @param patience how long without any outcome means that the rest is missing
     */
    public static Checker start(Site site, Duration patience) throws InterruptedException {
        List<String> arguments = site.arguments();
        arguments.add("patience.s=" + patience.toSeconds());
        Child child = Child.fork("checker", CheckerProcess.class, site.scratch(),
                List.of("-Xmx512m", "-XX:+UseSerialGC"), arguments);
        try {
            child.await(Signals.READY, Duration.ofSeconds(60));
        } catch (RuntimeException | InterruptedException e) {
            child.kill();
            throw e;
        }
        return new Checker(child);
    }

    /**
     * Looks from now on for the outcomes of the workload's first commands.
     *
     * @param warmUp so many of which do not count
     */
    public void begin(int commands, int warmUp) throws InterruptedException {
        child.tell("begin %d %d".formatted(commands, warmUp));
        child.await("begun", Duration.ofSeconds(60));
    }

    /** Goes on looking for outcomes, up to so many commands of the workload. */
    public void more(int commands) throws InterruptedException {
        child.tell("more " + commands);
        child.await("begun", Duration.ofSeconds(60));
    }

    /** Waits for those that do not count. */
    public Mark warm(Duration patience) throws InterruptedException {
        return mark(child.await("part", patience).split(" "));
    }

    /** Waits for the last one, or until no more come. */
    public Done done(Duration patience) throws InterruptedException {
        String[] words = child.await("done", patience).split(" ");
        return new Done(mark(words), Verdict.parse(words, 2), histogram(words[words.length - 1]),
                Long.parseLong(words[words.length - 2]));
    }

    /** Reads what is left; only now it is sure that no outcome came twice. */
    public Verdict rest() throws InterruptedException {
        child.tell("rest");
        return Verdict.parse(child.await("rest", Duration.ofSeconds(60)).split(" "), 0);
    }

    private static Mark mark(String[] words) {
        return new Mark(Long.parseLong(words[0]), Integer.parseInt(words[1]));
    }

    private static Histogram histogram(String encoded) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
        } catch (DataFormatException e) {
            throw new BenchException("the checker's histogram cannot be read", e);
        }
    }

    public Duration cpu() {
        return child.cpu();
    }

    @Override
    public void close() {
        child.close();
    }
}
