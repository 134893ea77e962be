package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.topology.OfferTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the service under load, with its state kept and with its state wiped. */
@Command(name = "recovery", description = "Time from a kill -9 to the next outcome, with state kept and wiped.")
public final class RecoveryCommand extends HarnessCommand {

    private static final int COMMIT_INTERVAL_MS = 100;

    @Option(names = "--kills", defaultValue = "10", description = "Number of kills with state kept.")
    private int kills;

    @Option(names = "--wipes", defaultValue = "3", description = "Number of kills with state wiped.")
    private int wipes;

    @Option(names = "--rate", defaultValue = "1000", description = "Commands per second around each kill.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "Duration of the load around each kill.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "200000", description =
            "Number of commands before the first kill, which make the state.")
    private int warmUp;

    @Override
    protected void measure(Path folder) throws InterruptedException {
        int commands = warmUp + (kills + wipes) * rate * seconds;
        List<Figure> figures = new ArrayList<>();
        try (Harness harness = harness(folder, commands, Math.max(WorkloadSpec.SHORT_GAP, rate / 4), COMMIT_INTERVAL_MS,
                2, false)) {
            harness.loader().fill(warmUp);
            try (KillTarget target = new KillTarget(harness, warmUp)) {
                for (int round = 1; round <= kills + wipes; round++) {
                    figures.add(target.kill(round > kills, round, rate, seconds));
                    print("%s", figures.getLast());
                }
            }
            save(figures, Map.of("commit interval", COMMIT_INTERVAL_MS + " ms"));
        }
    }

    /** A service that is killed and started again on the same state, or on an empty disk. */
    private static final class KillTarget implements AutoCloseable {

        private static final Duration LONGEST = Duration.ofMinutes(10);

        private final Harness harness;
        private final SubjectConfig config;
        private ForkedJvm service;
        private int expected;

        /** Starts it and waits until it has taken the commands of the warm-up, which are on the topics. */
        KillTarget(Harness harness, int warmUp) throws InterruptedException {
            this.harness = harness;
            this.config = harness.config(LadderSubjects.SERVICE.name());
            this.expected = warmUp;
            harness.checker().begin(warmUp, 0);
            this.service = LadderSubjects.SERVICE.fork(config);
            awaitReady();
            harness.checker().done().verdict().check("warm-up", true);
        }

        /** Seconds from the start of Kafka Streams until all stores were restored. */
        private double awaitReady() throws InterruptedException {
            return service.await(Signals.READY, LONGEST, Long.class) / 1e9;
        }

        /** Kills it under load, and starts it again at once. */
        Figure kill(boolean wiped, int round, int rate, int seconds) throws InterruptedException {
            expected += rate * seconds;
            harness.checker().more(expected);
            harness.loader().beginPace(rate, rate * seconds);
            TimeUnit.SECONDS.sleep(seconds / 4);
            TimeUnit.MILLISECONDS.sleep(round * 37L % 100); // at another point of a transaction each time
            long killed = System.nanoTime();
            service.kill();
            // From here on the killed process uses nothing, and all time of the next one counts.
            var window = harness.window(() -> service.cpu()).open();
            long records = wiped ? changelogRecords() : 0;
            if (wiped) {
                FileAccess.deleteTree(config.scratch().resolve("state"));
            }
            service = LadderSubjects.SERVICE.fork(config);
            double ready = awaitReady();
            harness.loader().paced();
            var done = harness.checker().done();
            window.close();
            done.verdict().check("recovery %d".formatted(round), false);
            Map<String, Double> values = Figure.named("s to the next committed outcome",
                    (done.gapEndNanos() - killed) / 1e9);
            if (wiped) {
                values.putAll(Figure.named("records restored", records, "records/s", records / ready));
            }
            values.put(CpuWindow.HARNESS, window.per(rate * seconds).get(CpuWindow.HARNESS));
            return new Figure("action", wiped ? "kill, state wiped" : "kill, state kept", values);
        }

        /** Number of records that the stores are restored from, with the markers of transactions. */
        private long changelogRecords() throws InterruptedException {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()))) {
                Map<TopicPartition, OffsetSpec> ends = OfferTopology.stores().stream()
                        .map(store -> "%s-%s-changelog".formatted(config.run(), store)).flatMap(changelog ->
                                IntStream.range(0, config.partitions()).mapToObj(partition ->
                                        new TopicPartition(changelog, partition)))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
                return admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum();
            } catch (ExecutionException e) {
                throw new BenchException("the broker does not give the ends of the changelogs: " + e.getCause(), e);
            }
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
