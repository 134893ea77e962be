package io.offerflow.replay.write;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.StateSink;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Rebuilds the stores of a service from the journal under a new application id: writes the changelogs of the new id and
 * commits its input offsets, each after the last journalled input. The old id stays as it is, to go back to. State and
 * offsets are written in one transaction: an interrupted run has no effect.
 */
public final class NewGeneration {

    private static final Duration POLL = Duration.ofMillis(200);

    /** What a run changes, with its value now and after the run; a row of the table for operators. */
    public record PlannedChange(String what, String now, String after) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;
    private final String oldId;
    private final String newId;

    /**
     * A migration from one application id to another.
     *
     * @param oldId application id of the service, which is stopped
     * @param newId application id with which it is started after the run
     */
    public NewGeneration(ReplayCluster cluster, ReplayOptions options, String oldId, String newId) {
        this.cluster = cluster;
        this.options = options;
        this.oldId = oldId;
        this.newId = newId;
    }

    /**
     * Rebuilds without writing, and returns what a run would change.
     *
     * @throws ReplayPreconditionException if a precondition of the run is not met
     */
    public List<PlannedChange> plan() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            List<NewTopic> missing = check(admin);
            RebuiltState rebuilt = rebuild(Optional.empty());
            return changes(missing, rebuilt, startOffsets(admin, rebuilt.inputs));
        }
    }

    /**
     * Runs the migration.
     *
     * @return what was changed
     * @throws ReplayPreconditionException if a precondition is not met
     */
    public List<PlannedChange> run() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            List<NewTopic> missing = check(admin);
            new TargetTopics(admin, cluster::consumer).create(missing);
            try (TransactionalWriter writer = new TransactionalWriter(
                    cluster.transactional("offerflow-generation-" + newId));
                    Consumer<byte[], byte[]> group = cluster.consumer(newId)) {
                RebuiltState rebuilt = rebuild(Optional.of(
                        new UncommittedSink(new StateTopicsSink(writer, changelogNames(newId), true))));
                Map<TopicPartition, Long> starts = startOffsets(admin, rebuilt.inputs);
                new ServiceStoppedCheck(admin).check(oldId);
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                starts.forEach((input, offset) -> offsets.put(input, new OffsetAndMetadata(offset)));
                writer.offsets(offsets, group.groupMetadata());
                writer.complete();
                new TargetTopics(admin, cluster::consumer).awaitVisible(OfferTopology.stores().stream()
                        .map(changelogNames(newId)).toList());
                return changes(missing, rebuilt, starts);
            }
        }
    }

    private List<NewTopic> check(Admin admin) throws InterruptedException {
        if (oldId.equals(newId)) {
            throw new ReplayPreconditionException(RootLocaleText.format(
                    "the new generation needs another application id than %s, which is the old one", newId));
        }
        ServiceStoppedCheck stopped = new ServiceStoppedCheck(admin);
        stopped.check(oldId);
        stopped.check(newId);
        if (!stopped.committed(newId).isEmpty()) {
            throw new ReplayPreconditionException(
                    RootLocaleText.format("application id %s was used before; choose another one", newId));
        }
        return new TargetTopics(admin, cluster::consumer)
                .check(StateTopicsSink.topics(changelogNames(newId), true, journal().ranges().size()));
    }

    private static UnaryOperator<String> changelogNames(String applicationId) {
        return store -> ReplayCluster.changelog(applicationId, store);
    }

    private KafkaJournal journal() {
        return new KafkaJournal(cluster::consumer);
    }

    private record RebuiltState(Rebuild.RebuildResult result, Map<TopicPartition, Long> inputs) {
    }

    private RebuiltState rebuild(Optional<StateSink> sink) throws InterruptedException {
        Map<TopicPartition, Long> inputs = new ConcurrentHashMap<>();
        Rebuild.RebuildResult result = new Rebuild(journal(), cluster.registry(), options)
                .run(new ReplayBound.Latest(), sink, (partition, newest) -> newest.forEach((topic, offset) ->
                        inputs.put(new TopicPartition(topic, partition), offset)));
        return new RebuiltState(result, inputs);
    }

    /** The offset after the newest journalled input, by partition; refuses if a later input was consumed or deleted. */
    private Map<TopicPartition, Long> startOffsets(Admin admin, Map<TopicPartition, Long> journalled)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new ServiceStoppedCheck(admin).committed(oldId);
        Map<TopicPartition, Long> starts = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        int partitions = journal().ranges().size();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer()) {
            for (Topic topic : Topic.inputs()) {
                List<TopicPartition> all = IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)).toList();
                Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
                for (TopicPartition input : all) {
                    long next = journalled.containsKey(input) ? journalled.get(input) + 1 : 0;
                    long consumed = Optional.ofNullable(committed.get(input)).map(OffsetAndMetadata::offset)
                            .orElse(next);
                    if (consumed < first.get(input)) {
                        throw new ReplayPreconditionException(RootLocaleText.format(
                                "inputs %s@%d to @%d were deleted before a service consumed them; no generation can "
                                        + "decide them", input, consumed, first.get(input) - 1));
                    }
                    refuseUnjournalledInput(consumer, input, Math.max(next, first.get(input)), consumed);
                    starts.put(input, Math.max(next, consumed));
                }
            }
        }
        return starts;
    }

    /** Only transaction markers may be between the last journalled input and the committed offset of the old id. */
    private void refuseUnjournalledInput(Consumer<byte[], byte[]> consumer, TopicPartition input, long from, long to) {
        consumer.assign(List.of(input));
        consumer.seek(input, from);
        while (from < to && consumer.position(input) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    throw new ReplayPreconditionException(RootLocaleText.format(
                            "service %s has consumed %s@%d, which the journal does not have; entries are missing at "
                                    + "the end of the journal", oldId, input, record.offset()));
                }
                return;
            }
        }
    }

    private List<PlannedChange> changes(List<NewTopic> missing, RebuiltState rebuilt,
            Map<TopicPartition, Long> starts) {
        List<PlannedChange> table = new ArrayList<>();
        List<String> created = missing.stream().map(NewTopic::name).toList();
        StateTopicsSink.topics(changelogNames(newId), true, rebuilt.result.parts().size()).forEach(topic ->
                table.add(new PlannedChange("topic " + topic.name(),
                        created.contains(topic.name()) ? "does not exist" : "empty",
                        topic.name().equals(changelogNames(newId).apply(OfferTopology.OFFERS))
                                ? RootLocaleText.format("%,d offers", rebuilt.result.totals().offers())
                                : "rebuilt from the journal")));
        starts.forEach((input, offset) -> table.add(new PlannedChange(
                RootLocaleText.format("group %s, %s", newId, input), "no offset", "begins at offset " + offset)));
        table.add(new PlannedChange(RootLocaleText.format("group %s and its changelogs", oldId), "exist",
                "unchanged: the way back"));
        table.add(new PlannedChange("inputs, journal and outputs", "exist", "unchanged"));
        return table;
    }

    /** Leaves the commit to the run, which adds offsets to the transaction first. */
    private record UncommittedSink(StateTopicsSink topics) implements StateSink {
        @Override
        public PartitionSink part(int partition) {
            return topics.part(partition);
        }

        @Override
        public void complete() {
            // the run commits
        }

        @Override
        public void close() {
            // the run closes the writer
        }
    }
}
