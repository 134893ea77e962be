package io.offerflow.faults.corruption;

import io.offerflow.Workload;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import io.offerflow.faults.load.CommittedReader;
import io.offerflow.faults.load.Histories;
import io.offerflow.faults.load.InputSender;
import io.offerflow.faults.load.RecoveryTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The inputs of a case: those before the change, and more after each start. */
final class Load {

    private static final Duration POLL = Duration.ofSeconds(2);

    private final long seed;
    private final int offers;
    private final int partitions;
    private final int rate;
    private final Workload workload;
    private final Map<Topic, List<List<Sighting>>> acknowledged;
    private Map<Topic, List<List<Sighting>>> seen = Map.of();
    private long sent;

    Load(long seed, int offers, int partitions, int rate) {
        this.seed = seed;
        this.offers = offers;
        this.partitions = partitions;
        this.rate = rate;
        this.workload = new Workload(seed, offers);
        this.acknowledged = new EnumMap<>(Topic.class);
        Topic.inputs().forEach(topic -> {
            List<List<Sighting>> lists = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                lists.add(new ArrayList<>());
            }
            acknowledged.put(topic, lists);
        });
    }

    /** A load that goes on where this one is now. */
    Load copy() {
        Load copy = new Load(seed, offers, partitions, rate);
        for (long number = 0; number < sent; number++) {
            copy.workload.next();
        }
        copy.sent = sent;
        copy.add(acknowledged);
        return copy;
    }

    /**
     * Sends inputs for a time, and waits until the service has taken them.
     *
     * @return whether it has
     */
    boolean run(SmallCluster cluster, String applicationId, SchemaRegistry registry, Duration time, Duration timeout)
            throws InterruptedException {
        try (InputSender sender = new InputSender(cluster.bootstrapServers(), registry, partitions, workload, rate);
                CommittedReader reader = new CommittedReader(cluster.bootstrapServers(), registry, partitions, sender,
                        new RecoveryTimes())) {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            sender.awaitAnswers(Duration.ofSeconds(2));
            boolean taken = false;
            for (long until = System.nanoTime() + timeout.toNanos(); !taken && cluster.stopped().isEmpty()
                    && System.nanoTime() < until;) {
                taken = Histories.awaitTaken(cluster.bootstrapServers(), applicationId, partitions, POLL);
            }
            sent += sender.sent();
            add(sender.acknowledged());
            seen = reader.finish();
            return taken;
        }
    }

    private void add(Map<Topic, List<List<Sighting>>> more) {
        more.forEach((topic, lists) -> {
            for (int partition = 0; partition < partitions; partition++) {
                List<Sighting> ofPartition = lists.get(partition);
                synchronized (ofPartition) {
                    acknowledged.get(topic).get(partition).addAll(ofPartition);
                }
            }
        });
    }

    /** What the reader of the last load received, which began at the first record. */
    Map<Topic, List<List<Sighting>>> seen() {
        return seen;
    }

    Map<Topic, List<List<Sighting>>> acknowledged() {
        return acknowledged;
    }

    long sent() {
        return sent;
    }

    int partitions() {
        return partitions;
    }
}
