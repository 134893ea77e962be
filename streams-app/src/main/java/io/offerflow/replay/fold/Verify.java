package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
import io.offerflow.topology.OfferTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the state that the journal gives with the state that the service has in the changelogs of its stores. The
 * service may be running: a partition that differs while it changes is compared again.
 */
public final class Verify {

    private static final int ROUNDS = 10;
    private static final Duration POLL = Duration.ofMillis(200);

    /** An offer, or the policy, with its differences. */
    public record Finding(int partition, String offer, List<String> differences) {
    }

    /**
     * The result.
     *
     * @param parts the rebuilt partitions
     * @param offers number of offers that were compared
     * @param findings ordered by partition and offer; empty if both states are equal
     * @param unsettled partitions that kept changing, so that a finding is not certain
     */
    public record VerifyResult(List<Rebuild.RebuiltPartition> parts, long offers, List<Finding> findings,
            List<Integer> unsettled) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;
    private final String applicationId;

    public Verify(ReplayCluster cluster, ReplayOptions options, String applicationId) {
        this.cluster = cluster;
        this.options = options;
        this.applicationId = applicationId;
    }

    private record ComparedPartition(Rebuild.RebuiltPartition part, List<Finding> findings, boolean unsettled) {
    }

    /** Compares all partitions. */
    public VerifyResult run() throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<ReplayRange> ranges = partitions.begin(new ReplayBound.Latest());
        List<ComparedPartition> all = partitions.execute(ranges, range -> {
            Path spill = options.temporary().resolve("partition-" + range.partition());
            try (PartitionFold fold = new PartitionFold(cluster.registry(), new ReplayBound.Latest(),
                    range.snapshot(), spill, options.memoryPerPartition(ranges.size()));
                    SpillStore live = new SpillStore(spill.resolveSibling(spill.getFileName() + "-live"));
                    Consumer<byte[], byte[]> changelogs = cluster.consumer()) {
                partitions.read(range, record -> fold.add(record, (at, entry, before, after) -> { }));
                return compare(journal, range.offsets(), fold, live, changelogs);
            }
        }).stream().sorted(Comparator.comparingInt(compared -> compared.part().partition())).toList();
        return new VerifyResult(all.stream().map(ComparedPartition::part).toList(),
                all.stream().mapToLong(compared -> compared.part().stats().offers()).sum(),
                all.stream().flatMap(compared -> compared.findings().stream()).toList(),
                all.stream().filter(ComparedPartition::unsettled).map(compared -> compared.part().partition())
                        .toList());
    }

    private ComparedPartition compare(KafkaJournal journal, OffsetRange first, PartitionFold fold, SpillStore live,
            Consumer<byte[], byte[]> changelogs) {
        int partition = first.partition();
        List<TopicPartition> topics = Stream.of(OfferTopology.OFFERS, OfferTopology.CONTENTS).map(store ->
                new TopicPartition(ReplayCluster.changelog(applicationId, store), partition)).toList();
        changelogs.assign(topics);
        changelogs.seekToBeginning(topics);
        Optional<byte[]> policy = Optional.empty();
        long folded = first.to();
        boolean unsettled = true;
        List<Finding> findings = List.of();
        for (int round = 0; round < ROUNDS && unsettled; round++) {
            policy = catchUp(changelogs, topics, live, policy);
            findings = new PartitionDiff(partition, fold, live, policy, options.temporary()).findings();
            long end = journal.ranges().stream().filter(range -> range.partition() == partition).findFirst()
                    .orElseThrow().to();
            unsettled = !findings.isEmpty() && (end > folded || !atEnd(changelogs, topics));
            if (unsettled) {
                journal.read(new OffsetRange(partition, folded, end),
                        record -> fold.add(record, (at, entry, before, after) -> { }));
                folded = end;
            }
        }
        StateDigest digest = new StateDigest();
        fold.visit(digest);
        return new ComparedPartition(new Rebuild.RebuiltPartition(partition, digest.hex(), fold.stats()), findings,
                unsettled);
    }

    private static boolean atEnd(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics) {
        return changelogs.endOffsets(topics).entrySet().stream()
                .allMatch(end -> changelogs.position(end.getKey()) >= end.getValue());
    }

    /** Reads the changelogs to their present end into the store; returns the policy that was recorded last. */
    private static Optional<byte[]> catchUp(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics,
            SpillStore live, Optional<byte[]> known) {
        Optional<byte[]> policy = known;
        Map<TopicPartition, Long> ends = changelogs.endOffsets(topics);
        while (ends.entrySet().stream().anyMatch(end -> changelogs.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : changelogs.poll(POLL)) {
                Optional<byte[]> value = Optional.ofNullable(record.value());
                if (Arrays.equals(record.key(), StateCodec.POLICY)) {
                    policy = value;
                } else if (record.topic().equals(topics.getFirst().topic())) {
                    value.ifPresentOrElse(header -> live.putHeader(record.key(), header),
                            () -> live.deleteHeader(record.key()));
                } else {
                    value.ifPresentOrElse(row -> live.putRow(record.key(), row), () -> live.deleteRow(record.key()));
                }
            }
        }
        return policy;
    }
}
