package io.offerflow.bench.recovery;

import io.offerflow.bench.check.Checker;
import io.offerflow.bench.file.FileAccess;
import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.LadderSubjects;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A service that is killed and started again on the same state, or on an empty disk. */
final class KillTarget implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String KEPT = "kill, state kept";
    private static final String WIPED = "kill, state wiped";

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
        this.service = start();
        awaitReady();
        harness.checker().done(LONGEST).verdict().check("warm-up", true);
    }

    private ForkedJvm start() {
        return ForkedJvm.fork(LadderSubjects.SERVICE.name(), LadderSubjects.SERVICE.main(), JvmSubject.HEAP, config);
    }

    /** Seconds from the start of Kafka Streams until all stores were restored. */
    private double awaitReady() throws InterruptedException {
        return Long.parseLong(service.await(Signals.READY, LONGEST)[0]) / 1e9;
    }

    /** Kills it under load, and starts it again at once. */
    RecoverySample kill(boolean wiped, int round, int rate, int seconds) throws InterruptedException {
        expected += rate * seconds;
        harness.checker().more(expected);
        harness.loader().beginPace(rate, rate * seconds);
        TimeUnit.SECONDS.sleep(seconds / 4);
        TimeUnit.MILLISECONDS.sleep(round * 37L % 100); // at another point of a transaction each time
        long killed = System.nanoTime();
        service.kill();
        // From here on the killed process uses nothing, and all time of the next one counts.
        CpuWindow window = harness.window(() -> service.cpu()).open();
        long records = wiped ? changelogRecords() : 0;
        if (wiped) {
            FileAccess.deleteTree(config.scratch().resolve("state"));
        }
        service = start();
        double ready = awaitReady();
        harness.loader().paced();
        Checker.CheckResult done = harness.checker().done(LONGEST);
        window.close();
        done.verdict().check("recovery %d".formatted(round), false);
        return new RecoverySample(wiped ? WIPED : KEPT, round, (done.gapEndNanos() - killed) / 1e9, records,
                wiped ? records / ready : 0, window.harnessShare());
    }

    /** Number of records that the stores are restored from, with the markers of transactions. */
    private long changelogRecords() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = OfferTopology.stores().stream().flatMap(store ->
                    IntStream.range(0, config.partitions()).mapToObj(partition -> new TopicPartition("%s-%s-changelog"
                            .formatted(config.run(), store), partition)))
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
