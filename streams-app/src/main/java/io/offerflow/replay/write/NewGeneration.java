package io.offerflow.replay.write;

import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.StateSink;
import io.offerflow.replay.journal.FoldPosition;
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
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    private final boolean acceptLoss;

    /**
     * A migration from one application id to another.
     *
     * @param oldId application id of the service, which is stopped
     * @param newId application id with which it is started after the run
     * @param acceptLoss whether inputs are decided again whose entries are missing at the end of the journal
     */
    public NewGeneration(ReplayCluster cluster, ReplayOptions options, String oldId, String newId,
            boolean acceptLoss) {
        this.acceptLoss = acceptLoss;
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
            return changes(missing, rebuilt, startOffsets(admin, rebuilt.positions));
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
                Map<TopicPartition, Long> starts = startOffsets(admin, rebuilt.positions);
                writePositions(writer, rebuilt.positions, changelogIds(admin));
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

    private record RebuiltState(Rebuild.RebuildResult result, SortedMap<Integer, FoldPosition> positions) {
    }

    private RebuiltState rebuild(Optional<StateSink> sink) throws InterruptedException {
        SortedMap<Integer, FoldPosition> positions = new ConcurrentSkipListMap<>();
        Rebuild.RebuildResult result = new Rebuild(journal(), cluster.registry(), options)
                .run(new ReplayBound.Latest(), sink, positions::put);
        return new RebuiltState(result, positions);
    }

    private Map<String, String> changelogIds(Admin admin) throws InterruptedException {
        Map<String, String> ids = new HashMap<>();
        new TargetTopics(admin, cluster::consumer).describe(OfferTopology.stores().stream().map(changelogNames(newId))
                .toList()).forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
        return ids;
    }

    private void writePositions(TransactionalWriter writer, SortedMap<Integer, FoldPosition> positions,
            Map<String, String> changelogs) {
        String topic = changelogNames(newId).apply(OfferTopology.POSITIONS);
        positions.forEach((partition, position) -> {
            if (position.number() > 0) {
                writer.send(new ProducerRecord<>(topic, partition, TaskPosition.KEY,
                        position.stored().position().encode()));
                writer.send(new ProducerRecord<>(topic, partition, TopicIds.KEY,
                        position.stored().topics().with(changelogs).encode()));
            }
        });
    }

    /**
     * The offsets at which the inputs begin that the journal knows: after the newest journalled record. An input that
     * was created again has none, and begins at its first record. Refuses if the old service consumed a record that the
     * journal does not have. Records that were deleted unread are not looked for: the service journals them as missing
     * when it starts.
     */
    private Map<TopicPartition, Long> startOffsets(Admin admin, SortedMap<Integer, FoldPosition> positions)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new ServiceStoppedCheck(admin).committed(oldId);
        Map<String, TopicDescription> topics = new TargetTopics(admin, cluster::consumer)
                .describe(Topic.inputs().stream().map(Topic::topicName).toList());
        Map<TopicPartition, Long> starts = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        try (Consumer<byte[], byte[]> consumer = cluster.consumer()) {
            for (Topic topic : Topic.inputs()) {
                String id = topics.get(topic.topicName()).topicId().toString();
                positions.forEach((partition, position) -> {
                    StoredPosition stored = position.stored();
                    TopicPartition input = new TopicPartition(topic.topicName(), partition);
                    if (stored.topics().of(topic.topicName()).filter(known -> !known.equals(id)).isEmpty()) {
                        start(consumer, input, stored.position().next(topic), Optional.ofNullable(committed.get(input)))
                                .ifPresent(offset -> starts.put(input, offset));
                    }
                });
            }
        }
        return starts;
    }

    private OptionalLong start(Consumer<byte[], byte[]> consumer, TopicPartition input, OptionalLong next,
            Optional<OffsetAndMetadata> committed) {
        if (acceptLoss) {
            return next;
        }
        long first = consumer.beginningOffsets(List.of(input)).get(input);
        long known = next.orElse(first);
        long consumed = committed.map(OffsetAndMetadata::offset).orElse(known);
        refuseUnjournalledInput(consumer, input, Math.max(known, first), consumed);
        return next.isPresent() ? OptionalLong.of(Math.max(known, consumed)) : next;
    }

    /** Only transaction markers may be between the last journalled input and the committed offset of the old id. */
    private void refuseUnjournalledInput(Consumer<byte[], byte[]> consumer, TopicPartition input, long from, long to) {
        consumer.assign(List.of(input));
        consumer.seek(input, from);
        while (from < to && consumer.position(input) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    throw new ReplayPreconditionException(RootLocaleText.format(
                            "service %s has consumed %s@%d, which the journal does not have: entries are missing at "
                                    + "its end. Restore offer-journal from its copy, or decide these inputs again "
                                    + "with --accept-loss", oldId, input, record.offset()));
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
