package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the state that the journal gives with the state that the service has: with its changelogs, of which its
 * stores are made. The service may be at work: what still moves is looked at again.
 */
public final class Verify {

    private static final int ROUNDS = 10;
    private static final Duration POLL = Duration.ofMillis(200);

    /** An offer, or the record of the policy, that differs, and in what. */
    public record Finding(int partition, String offer, List<String> differences) {
    }

    /**
     * What was found.
     *
     * @param parts what was rebuilt
     * @param offers that were compared
     * @param findings by partition and offer; none if all is the same
     * @param moving partitions that were never still long enough to be sure of a finding
     */
    public record VerifyResult(List<Rebuild.RebuiltPartition> parts, long offers, List<Finding> findings, List<Integer> moving) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;
    private final String applicationId;

    public Verify(ReplayCluster cluster, ReplayOptions options, String applicationId) {
        this.cluster = cluster;
        this.options = options;
        this.applicationId = applicationId;
    }

    private record ComparedPartition(Rebuild.RebuiltPartition part, List<Finding> findings, boolean moving) {
    }

    /** Compares all partitions. */
    public VerifyResult run() throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<OffsetRange> stretches = partitions.stretches(new ReplayBound.Latest());
        List<ComparedPartition> all = partitions.each(stretches, stretch -> {
            Path spill = options.temporary().resolve("partition-" + stretch.partition());
            try (PartitionFold fold = new PartitionFold(cluster.registry(), new ReplayBound.Latest(), spill,
                    options.memoryOfEach(stretches.size()));
                    SpillStore live = new SpillStore(spill.resolveSibling(spill.getFileName() + "-live"));
                    Consumer<byte[], byte[]> changelogs = cluster.consumer()) {
                partitions.read(stretch, record -> fold.add(record, (at, line, before, after) -> { }));
                return compare(journal, stretch, fold, live, changelogs);
            }
        }).stream().sorted(Comparator.comparingInt(compared -> compared.part().partition())).toList();
        return new VerifyResult(all.stream().map(ComparedPartition::part).toList(),
                all.stream().mapToLong(compared -> compared.part().totals().offers()).sum(),
                all.stream().flatMap(compared -> compared.findings().stream()).toList(),
                all.stream().filter(ComparedPartition::moving).map(compared -> compared.part().partition()).toList());
    }

    private ComparedPartition compare(KafkaJournal journal, OffsetRange first, PartitionFold fold, SpillStore live,
            Consumer<byte[], byte[]> changelogs) {
        int partition = first.partition();
        List<TopicPartition> topics = List.of(new TopicPartition(applicationId + "-offers-changelog", partition),
                new TopicPartition(applicationId + "-contents-changelog", partition));
        changelogs.assign(topics);
        changelogs.seekToBeginning(topics);
        Optional<byte[]>[] policy = none();
        long folded = first.to();
        boolean moving = true;
        List<Finding> findings = List.of();
        for (int round = 0; round < ROUNDS && moving; round++) {
            catchUp(changelogs, topics, live, policy);
            findings = new PartitionDiff(partition, fold, live, policy[0], options.temporary()).findings();
            long end = journal.stretches().stream().filter(stretch -> stretch.partition() == partition).findFirst()
                    .orElseThrow().to();
            moving = !findings.isEmpty() && (end > folded || !atEnd(changelogs, topics));
            if (moving) {
                journal.read(new OffsetRange(partition, folded, end),
                        record -> fold.add(record, (at, line, before, after) -> { }));
                folded = end;
            }
        }
        StateDigest digest = new StateDigest();
        fold.visit(digest);
        return new ComparedPartition(new Rebuild.RebuiltPartition(partition, digest.hex(), fold.totals()), findings, moving);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<byte[]>[] none() {
        return new Optional[] {Optional.empty()};
    }

    private static boolean atEnd(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics) {
        return changelogs.endOffsets(topics).entrySet().stream()
                .allMatch(end -> changelogs.position(end.getKey()) >= end.getValue());
    }

    private static void catchUp(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics, SpillStore live,
            Optional<byte[]>[] policy) {
        Map<TopicPartition, Long> ends = changelogs.endOffsets(topics);
        while (ends.entrySet().stream().anyMatch(end -> changelogs.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : changelogs.poll(POLL)) {
                Optional<byte[]> value = Optional.ofNullable(record.value());
                if (Arrays.equals(record.key(), StateCodec.POLICY)) {
                    policy[0] = value;
                } else if (record.topic().equals(topics.getFirst().topic())) {
                    value.ifPresentOrElse(facts -> live.putFacts(record.key(), facts),
                            () -> live.deleteFacts(record.key()));
                } else {
                    value.ifPresentOrElse(row -> live.putRow(record.key(), row), () -> live.deleteRow(record.key()));
                }
            }
        }
    }
}
