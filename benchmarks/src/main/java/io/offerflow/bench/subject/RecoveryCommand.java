package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.process.Signals;
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

    private SubjectConfig config;
    private ForkedJvm service;

    @Override
    protected void measure(Path folder) throws InterruptedException {
        int commands = warmUp + (kills + wipes) * rate * seconds;
        List<Figure> figures = new ArrayList<>();
        try (Harness harness = harness(folder, commands, Math.max(WorkloadSpec.SHORT_GAP, rate / 4), COMMIT_INTERVAL_MS,
                2, false)) {
            harness.loader().fill(warmUp);
            harness.checker().begin(warmUp, 0);
            config = harness.config(LadderSubjects.SERVICE.name());
            try {
                start();
                harness.checker().done().verdict().check("warm-up", true);
                for (int round = 1; round <= kills + wipes; round++) {
                    harness.checker().more(warmUp + round * rate * seconds);
                    figures.add(kill(harness, round, round > kills));
                    print("%s", figures.getLast());
                }
            } finally {
                service.close();
            }
            save(figures, Map.of("commit interval", COMMIT_INTERVAL_MS + " ms"));
        }
    }

    /** Starts the service, and returns the seconds from the start of Kafka Streams until all stores were restored. */
    private double start() throws InterruptedException {
        service = LadderSubjects.SERVICE.fork(config);
        return service.await(Signals.READY, Duration.ofMinutes(10), Long.class) / 1e9;
    }

    /** Kills the service under load, and starts it again at once on the same state, or on an empty disk. */
    private Figure kill(Harness harness, int round, boolean wiped) throws InterruptedException {
        harness.loader().beginPace(rate, rate * seconds);
        TimeUnit.SECONDS.sleep(seconds / 4);
        TimeUnit.MILLISECONDS.sleep(round * 37L % 100); // at another point of a transaction each time
        long killed = System.nanoTime();
        service.kill();
        // From here on the killed process uses nothing, and all time of the next one counts.
        var window = harness.window(() -> service.cpu()).open();
        double records = wiped ? changelogRecords() : Double.NaN;
        if (wiped) {
            FileAccess.deleteTree(config.scratch().resolve("state"));
        }
        double ready = start();
        harness.loader().paced();
        var done = harness.checker().done();
        window.close();
        done.verdict().check("recovery %d".formatted(round), false);
        Map<String, Double> values = Figure.named("s to the next committed outcome",
                (done.gapEndNanos() - killed) / 1e9, "records restored", records, "records/s", records / ready,
                CpuWindow.HARNESS, window.per(rate * seconds).get(CpuWindow.HARNESS));
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
}
