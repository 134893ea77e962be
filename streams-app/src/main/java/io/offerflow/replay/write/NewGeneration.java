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
 * Gives a service stores that are built anew from the journal: under a new application id, whose changelogs hold the
 * rebuilt state and whose inputs begin behind the last one that the journal has. The old id stays as it is, as the way
 * back. State and offsets are one transaction: a run that does not come to its end has done nothing.
 */
public final class NewGeneration {

    private static final Duration POLL = Duration.ofMillis(200);

    /** One thing that is touched, for the table that people look at first. */
    public record InputPositions(String what, String now, String then) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;
    private final String oldId;
    private final String newId;

    /**
     * A generation to be made.
     *
     * @param oldId application id of the service, which is stopped
     * @param newId application id that it is started with afterwards
     */
    public NewGeneration(ReplayCluster cluster, ReplayOptions options, String oldId, String newId) {
        this.cluster = cluster;
        this.options = options;
        this.oldId = oldId;
        this.newId = newId;
    }

    /**
     * Rebuilds without writing, and says what would be touched.
     *
     * @throws ReplayPreconditionException if it would be refused
     */
    public List<InputPositions> plan() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            List<NewTopic> missing = check(admin);
            BuiltPartition built = rebuild(Optional.empty());
            return touched(missing, built, starts(admin, built.inputs));
        }
    }

    /** Does it. */
    public List<InputPositions> run() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            List<NewTopic> missing = check(admin);
            new TargetTopics(admin, cluster::consumer).create(missing);
            try (TransactionalWriter writer = new TransactionalWriter(
                    cluster.transactional("offerflow-generation-" + newId));
                    Consumer<byte[], byte[]> group = cluster.consumer(newId)) {
                BuiltPartition built = rebuild(Optional.of(new ChangelogSink(new StateTopicsSink(writer, changelogs(newId), true))));
                Map<TopicPartition, Long> starts = starts(admin, built.inputs);
                new ServiceStoppedCheck(admin).check(oldId);
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                starts.forEach((input, offset) -> offsets.put(input, new OffsetAndMetadata(offset)));
                writer.offsets(offsets, group.groupMetadata());
                writer.complete();
                new TargetTopics(admin, cluster::consumer).awaitVisible(OfferTopology.stores().stream()
                        .map(changelogs(newId)).toList());
                return touched(missing, built, starts);
            }
        }
    }

    private List<NewTopic> check(Admin admin) throws InterruptedException {
        if (oldId.equals(newId)) {
            throw new ReplayPreconditionException(
                    RootLocaleText.format("the new generation needs an application id of its own, and %s is the old one",
                            newId));
        }
        ServiceStoppedCheck stopped = new ServiceStoppedCheck(admin);
        stopped.check(oldId);
        stopped.check(newId);
        if (!stopped.committed(newId).isEmpty()) {
            throw new ReplayPreconditionException(RootLocaleText.format("application id %s was used before; choose another one", newId));
        }
        return new TargetTopics(admin, cluster::consumer)
                .check(StateTopicsSink.topics(changelogs(newId), true, journal().stretches().size()));
    }

    private static UnaryOperator<String> changelogs(String applicationId) {
        return store -> RootLocaleText.format("%s-%s-changelog", applicationId, store);
    }

    private KafkaJournal journal() {
        return new KafkaJournal(cluster::consumer);
    }

    private record BuiltPartition(Rebuild.RebuildResult result, Map<TopicPartition, Long> inputs) {
    }

    private BuiltPartition rebuild(Optional<StateSink> sink) throws InterruptedException {
        Map<TopicPartition, Long> inputs = new ConcurrentHashMap<>();
        Rebuild.RebuildResult result = new Rebuild(journal(), cluster.registry(), options).run(new ReplayBound.Latest(), sink,
                (partition, newest) -> newest.forEach((topic, offset) ->
                        inputs.put(new TopicPartition(topic, partition), offset)));
        return new BuiltPartition(result, inputs);
    }

    /** Where each input begins: behind the newest one that the journal has, if none behind it has been taken or lost. */
    private Map<TopicPartition, Long> starts(Admin admin, Map<TopicPartition, Long> journalled)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new ServiceStoppedCheck(admin).committed(oldId);
        Map<TopicPartition, Long> starts = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        int partitions = journal().stretches().size();
        try (Consumer<byte[], byte[]> consumer = cluster.consumer()) {
            for (Topic topic : Topic.inputs()) {
                List<TopicPartition> all = IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition)).toList();
                Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
                for (TopicPartition input : all) {
                    long next = journalled.containsKey(input) ? journalled.get(input) + 1 : 0;
                    long taken = Optional.ofNullable(committed.get(input)).map(OffsetAndMetadata::offset).orElse(next);
                    if (taken < first.get(input)) {
                        throw new ReplayPreconditionException(
                                RootLocaleText.format("inputs %s@%d to @%d are gone, and were never taken; they cannot be "
                                        + "decided by any generation", input, taken, first.get(input) - 1));
                    }
                    refuseTaken(consumer, input, Math.max(next, first.get(input)), taken);
                    starts.put(input, Math.max(next, taken));
                }
            }
        }
        return starts;
    }

    /** Only markers of transactions may lie between the journal's last input and what the old generation has taken. */
    private void refuseTaken(Consumer<byte[], byte[]> consumer, TopicPartition input, long from, long to) {
        consumer.assign(List.of(input));
        consumer.seek(input, from);
        while (from < to && consumer.position(input) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    throw new ReplayPreconditionException(
                            RootLocaleText.format("service %s has taken %s@%d, which the journal does not have; lines are "
                                    + "missing at the journal's end", oldId, input, record.offset()));
                }
                return;
            }
        }
    }

    private List<InputPositions> touched(List<NewTopic> missing, BuiltPartition built, Map<TopicPartition, Long> starts) {
        List<InputPositions> table = new ArrayList<>();
        List<String> created = missing.stream().map(NewTopic::name).toList();
        StateTopicsSink.topics(changelogs(newId), true, built.result.parts().size()).forEach(topic ->
                table.add(new InputPositions("topic " + topic.name(), created.contains(topic.name()) ? "not there" : "empty",
                        topic.name().equals(changelogs(newId).apply("offers"))
                                ? RootLocaleText.format("%,d offers", built.result.totals().offers())
                                : "rebuilt from the journal")));
        starts.forEach((input, offset) -> table.add(new InputPositions(RootLocaleText.format("group %s, %s", newId, input), "no offset",
                "begins at offset " + offset)));
        table.add(new InputPositions(
                RootLocaleText.format("group %s and its changelogs", oldId), "as they are", "untouched: the way back"));
        table.add(new InputPositions("inputs, journal and outputs", "as they are", "untouched"));
        return table;
    }

    /** Completes nothing by itself: offsets have to come first. */
    private record ChangelogSink(StateTopicsSink topics) implements StateSink {
        @Override
        public PartitionSink part(int partition) {
            return topics.part(partition);
        }

        @Override
        public void complete() {
            // the offsets come first
        }

        @Override
        public void close() {
            // the transaction ends it
        }
    }
}
