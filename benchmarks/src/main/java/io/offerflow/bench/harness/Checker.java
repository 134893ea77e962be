package io.offerflow.bench.harness;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.load.IntendedSendTime;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares outcomes with those that the workload has to give, in a separate process: a {@code read_committed} consumer
 * of {@code command-outcomes}.
 */
public final class Checker extends ForkedJvm {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);

    /** Number of outcomes read until an instant, by {@link System#nanoTime()}, which processes of a machine share. */
    public record OutcomeCount(long nanos, int outcomes) {
    }

    /**
     * The end of a check.
     *
     * @param latencyMillis from the intended send time until the outcome was read, by percentile
     * @param gapEndNanos end of the longest gap between outcomes, by {@link System#nanoTime()}
     */
    public record CheckResult(OutcomeCount end, OutcomeVerdict verdict, Map<String, Double> latencyMillis,
            long gapEndNanos) {
    }

    /** Starts it; after this time without any outcome, the rest counts as missing. */
    public Checker(SubjectConfig config, Duration patience) throws InterruptedException {
        super("checker", config.scratch(), List.of("-Xmx512m", "-XX:+UseSerialGC"),
                new CheckerProgram(config, patience.toNanos()));
        ready(Object.class);
    }

    /** Starts to read the outcomes of the first commands of the workload, {@code warmUp} of which do not count. */
    public void begin(int commands, int warmUp) throws InterruptedException {
        tell("begin %d %d".formatted(commands, warmUp));
        await("begun", ANSWER_TIMEOUT, Object.class);
    }

    /** Goes on to a greater number of commands of the workload. */
    public void more(int commands) throws InterruptedException {
        tell("more " + commands);
        await("begun", ANSWER_TIMEOUT, Object.class);
    }

    /** Waits for the outcomes of the warm-up. */
    public OutcomeCount warm() throws InterruptedException {
        return await("warm", LONGEST_RUN, OutcomeCount.class);
    }

    /** Waits for the last outcome, or until none comes any more. */
    public CheckResult done() throws InterruptedException {
        return await("done", LONGEST_RUN, CheckResult.class);
    }

    /** Reads the remaining outcomes, among them those that came twice. */
    public OutcomeVerdict rest() throws InterruptedException {
        tell("rest");
        return await("rest", ANSWER_TIMEOUT, OutcomeVerdict.class);
    }

    private record CheckerProgram(SubjectConfig config, long patienceNanos) implements ForkedProgram {

        @Override
        public void run() {
            Signals.serve(null, new CheckerProcess(config, patienceNanos)::obey);
        }
    }

    /** The work of the separate process. */
    private static final class CheckerProcess {

        private static final Duration POLL = Duration.ofMillis(100);
        /** Time that a subject may take until its first outcome. */
        private static final Duration FIRST_OUTCOME = Duration.ofSeconds(90);
        private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9");

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<TopicPartition> partitions;
        private final AvroDecoder decoder;
        private final ExpectedOutcomes expected;
        private final long patienceNanos;
        private Histogram micros = new Histogram(3);

        CheckerProcess(SubjectConfig config, long patienceNanos) {
            this.patienceNanos = patienceNanos;
            decoder = new AvroDecoder(config.registry());
            expected = new ExpectedOutcomes(config.workload(), config.partitions());
            consumer = config.consumer(5000);
            partitions = IntStream.range(0, config.partitions()).mapToObj(partition ->
                    new TopicPartition(Topic.COMMAND_OUTCOMES.topicName(), partition)).toList();
            consumer.assign(partitions);
        }

        void obey(String[] order) {
            switch (order[0]) {
                case "begin" -> {
                    consumer.seekToEnd(partitions);
                    partitions.forEach(consumer::position);
                    expected.reset();
                    check(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
                }
                case "more" -> check(Integer.parseInt(order[1]), 0);
                case "rest" -> rest();
                default -> throw new IllegalArgumentException("unknown order " + order[0]);
            }
        }

        private void check(int commands, int warmUp) {
            expected.expectUpTo(commands);
            micros = new Histogram(3);
            OutcomeGap gap = new OutcomeGap();
            int before = expected.seen();
            Signals.say("begun");
            readUntil(before + warmUp, gap);
            Signals.say("warm", now());
            readUntil(commands, gap);
            Signals.say("done", new CheckResult(now(), expected.verdict(), millis(), gap.longestEnded));
        }

        private OutcomeCount now() {
            return new OutcomeCount(System.nanoTime(), expected.seen());
        }

        private Map<String, Double> millis() {
            Map<String, Double> millis = new LinkedHashMap<>();
            PERCENTILES.forEach(percentile -> millis.put("p%s ms".formatted(percentile),
                    micros.getValueAtPercentile(Double.parseDouble(percentile)) / 1000.0));
            millis.put("max ms", micros.getMaxValue() / 1000.0);
            return millis;
        }

        private void readUntil(int outcomes, OutcomeGap gap) {
            while (expected.seen() < outcomes && !gap.tooLong()) {
                if (poll()) {
                    gap.end();
                }
            }
        }

        /** The time without outcomes. */
        private final class OutcomeGap {
            private long since = System.nanoTime();
            private long longest;
            private long longestEnded = since;
            private boolean begun;

            boolean tooLong() {
                long patience = begun ? patienceNanos : Math.max(patienceNanos, FIRST_OUTCOME.toNanos());
                return System.nanoTime() - since > patience;
            }

            void end() {
                long now = System.nanoTime();
                if (begun && now - since > longest) {
                    longest = now - since;
                    longestEnded = now;
                }
                begun = true;
                since = now;
            }
        }

        private boolean poll() {
            var records = consumer.poll(POLL);
            for (var record : records) {
                expected.read((CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value()));
                var intended = record.headers().lastHeader(IntendedSendTime.HEADER);
                if (intended != null) {
                    micros.recordValue(Math.max(0, IntendedSendTime.nowMicros()
                            - IntendedSendTime.decode(intended.value())));
                }
            }
            return !records.isEmpty();
        }

        private void rest() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                poll();
            }
            Signals.say("rest", expected.verdict());
        }
    }
}
