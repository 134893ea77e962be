package io.offerflow.bench.check;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** The checker's process, as its parent sees it. */
public final class Checker implements AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final ForkedJvm jvm;

    private Checker(ForkedJvm jvm) {
        this.jvm = jvm;
    }

    /** Number of outcomes read until an instant, by {@link System#nanoTime()}, which processes of a machine share. */
    public record OutcomeCount(long nanos, int outcomes) {
    }

    /**
     * The end of a check.
     *
     * @param latency from the intended send time until the outcome was read, in µs
     * @param gapEndNanos end of the longest gap between outcomes, by {@link System#nanoTime()}
     */
    public record CheckResult(OutcomeCount end, OutcomeVerdict verdict, Histogram latency, long gapEndNanos) {
    }

    /**
     * Starts it.
     *
     * @param patience time without any outcome after which the rest counts as missing
     */
    public static Checker start(SubjectConfig config, Duration patience) throws InterruptedException {
        ForkedJvm jvm = ForkedJvm.fork("checker", CheckerProcess.class, List.of("-Xmx512m", "-XX:+UseSerialGC"),
                config.with(CheckerProcess.PATIENCE, patience.toSeconds()));
        jvm.ready();
        return new Checker(jvm);
    }

    /** Starts to read the outcomes of the first commands of the workload, {@code warmUp} of which do not count. */
    public void begin(int commands, int warmUp) throws InterruptedException {
        jvm.tell("begin %d %d".formatted(commands, warmUp));
        jvm.await("begun", ANSWER_TIMEOUT);
    }

    /** Goes on to a greater number of commands of the workload. */
    public void more(int commands) throws InterruptedException {
        jvm.tell("more " + commands);
        jvm.await("begun", ANSWER_TIMEOUT);
    }

    /** Waits for the outcomes of the warm-up. */
    public OutcomeCount warm(Duration timeout) throws InterruptedException {
        return count(jvm.await("warm", timeout));
    }

    /** Waits for the last outcome, or until none comes any more. */
    public CheckResult done(Duration timeout) throws InterruptedException {
        String[] words = jvm.await("done", timeout);
        Histogram latency;
        try {
            latency = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder()
                    .decode(words[words.length - 1])), 0);
        } catch (DataFormatException e) {
            throw new BenchException("the checker's histogram cannot be read", e);
        }
        return new CheckResult(count(words), OutcomeVerdict.parse(words, 2), latency,
                Long.parseLong(words[words.length - 2]));
    }

    /** Reads the remaining outcomes, among them those that came twice. */
    public OutcomeVerdict rest() throws InterruptedException {
        jvm.tell("rest");
        return OutcomeVerdict.parse(jvm.await("rest", ANSWER_TIMEOUT), 0);
    }

    private static OutcomeCount count(String[] words) {
        return new OutcomeCount(Long.parseLong(words[0]), Integer.parseInt(words[1]));
    }

    public Duration cpu() {
        return jvm.cpu();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
