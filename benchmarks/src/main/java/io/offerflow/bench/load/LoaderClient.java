package io.offerflow.bench.load;

import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import java.time.Duration;
import java.util.List;

/** The loader's process, as its parent sees it. */
public final class LoaderClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final ForkedJvm jvm;

    private LoaderClient(ForkedJvm jvm) {
        this.jvm = jvm;
    }

    public static LoaderClient start(SubjectConfig config, int lingerMs) throws InterruptedException {
        ForkedJvm jvm = ForkedJvm.fork("loader", LoaderProcess.class, List.of("-Xms512m", "-Xmx512m"),
                config.with(LoaderProcess.LINGER, lingerMs));
        jvm.ready();
        return new LoaderClient(jvm);
    }

    /** Sends the next commands of the workload as fast as their order allows; returns the seconds that it took. */
    public double fill(int commands) throws InterruptedException {
        jvm.tell("fill " + commands);
        return Long.parseLong(jvm.await("filled", TIMEOUT)[0]) / 1e9;
    }

    /** Starts to send the next commands of the workload at a rate. */
    public void beginPace(int perSecond, int commands) {
        jvm.tell("pace %d %d".formatted(perSecond, commands));
    }

    /** Waits until they are sent; returns the p99 of the loader's own delay, in µs. */
    public long paced() throws InterruptedException {
        return Long.parseLong(jvm.await("paced", TIMEOUT)[0]);
    }

    public Duration cpu() {
        return jvm.cpu();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
