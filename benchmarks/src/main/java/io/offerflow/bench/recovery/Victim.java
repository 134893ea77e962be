package io.offerflow.bench.recovery;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.check.Checker;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.bench.run.Window;
import io.offerflow.bench.subject.Rungs;
import io.offerflow.topology.OfferTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A service that is killed and started again on the same state, or on none. */
final class Victim implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String KEPT = "kill, state kept";
    private static final String WIPED = "kill, state wiped";

    private final Bed bed;
    private final Site site;
    private Child service;
    private int expected;

    /** The commands of the warm-up lie at the broker. */
    Victim(Bed bed, int warmUp) throws InterruptedException {
        this.bed = bed;
        this.site = bed.site(Rungs.SERVICE.name());
        this.expected = warmUp;
        bed.checker().begin(warmUp, 0);
        this.service = start();
        ready();
        bed.checker().done(LONGEST).verdict().check("warm-up", true);
    }

    private Child start() {
        return Child.fork(Rungs.SERVICE.name(), Rungs.SERVICE.main(), site.scratch(), JvmSubject.HEAP,
                site.arguments());
    }

    /** Seconds from the start of Kafka Streams until all stores were there. */
    private double ready() throws InterruptedException {
        return Long.parseLong(service.await(Signals.READY, LONGEST)) / 1e9;
    }

    /** Kills it in the middle of some load, and starts it again at once. */
    RecoverySample kill(boolean wiped, int round, int rate, int seconds) throws InterruptedException {
        expected += rate * seconds;
        bed.checker().more(expected);
        bed.loader().beginPace(rate, rate * seconds);
        TimeUnit.SECONDS.sleep(seconds / 4); // into the load, and not always at the same point of a transaction
        TimeUnit.MILLISECONDS.sleep(round * 37L % 100);
        long killed = System.nanoTime();
        service.kill();
        // The one that was killed has used nothing from now on, the next one all that it ever has.
        Window window = new Window().with(Sample.APP, () -> service.cpu()).with(Sample.BROKER, bed.broker()::cpu)
                .with("loader", bed.loader()::cpu).with(Sample.CHECKER, bed.checker()::cpu).open();
        long lies = wiped ? changelogs() : 0;
        if (wiped) {
            wipe(site.scratch().resolve("state"));
        }
        service = start();
        double ready = ready();
        bed.loader().paced();
        Checker.Done done = bed.checker().done(LONGEST);
        window.close();
        done.verdict().check("recovery %d".formatted(round), false);
        return new RecoverySample(wiped ? WIPED : KEPT, round, (done.gapEndNanos() - killed) / 1e9, lies,
                wiped ? lies / ready : 0, window.harnessShare());
    }

    /** How many records the stores are restored from, markers of transactions included. */
    private long changelogs() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> ends = OfferTopology.stores().stream().flatMap(store ->
                    IntStream.range(0, site.partitions()).mapToObj(partition -> new TopicPartition("%s-%s-changelog"
                            .formatted(site.run(), store), partition)))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum();
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not say how long the changelogs are: " + e.getCause(), e);
        }
    }

    private static void wipe(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new BenchException("cannot wipe " + folder, e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
