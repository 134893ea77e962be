package io.offerflow.replay.write;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that a replay writes to; they must be empty or not exist. */
final class TargetTopics {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(1);

    private final Admin admin;
    private final Supplier<Consumer<byte[], byte[]>> consumers;

    TargetTopics(Admin admin, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.admin = admin;
        this.consumers = consumers;
    }

    /**
     * Refuses topics that have another number of partitions, or are not empty.
     *
     * @return the topics that do not exist
     * @throws ReplayPreconditionException if a topic is refused
     */
    List<NewTopic> check(Collection<NewTopic> wanted) throws InterruptedException {
        Map<String, TopicDescription> found = describe(wanted.stream().map(NewTopic::name).toList());
        List<NewTopic> missing = new ArrayList<>();
        for (NewTopic topic : wanted) {
            TopicDescription existing = found.get(topic.name());
            if (existing == null) {
                missing.add(topic);
            } else if (existing.partitions().size() != topic.numPartitions()) {
                throw new ReplayPreconditionException(RootLocaleText.format(
                        "topic %s has %d partitions instead of %d; delete it, or choose another name", topic.name(),
                        existing.partitions().size(), topic.numPartitions()));
            } else if (isNotEmpty(existing)) {
                throw new ReplayPreconditionException(RootLocaleText.format(
                        "topic %s is not empty; delete it, or choose another name, so that the result of the replay "
                                + "is not mixed with other records", topic.name()));
            }
        }
        return missing;
    }

    void create(List<NewTopic> missing) throws InterruptedException {
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new ReplayPreconditionException(RootLocaleText.format("the brokers did not create %s: %s",
                    missing.stream().map(NewTopic::name).toList(), e.getCause().getMessage()));
        }
    }

    Map<String, TopicDescription> describe(Collection<String> names) throws InterruptedException {
        Map<String, TopicDescription> found = new TreeMap<>();
        var answers = admin.describeTopics(names).topicNameValues();
        for (String name : names) {
            try {
                found.put(name, answers.get(name).get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new ReplayPreconditionException(RootLocaleText.format(
                            "cannot read topic %s from the brokers: %s", name, e.getCause().getMessage()));
                }
            }
        }
        return found;
    }

    /**
     * Waits until a committed transaction is visible in all partitions: brokers write its markers after the commit has
     * returned, and until then a reader of committed records would see the topics end too early.
     */
    void awaitVisible(Collection<String> names) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        describe(names).forEach((name, topic) -> topic.partitions().forEach(partition ->
                all.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        long deadline = System.nanoTime() + VISIBILITY_TIMEOUT.toNanos();
        while (!endOffsets(all, IsolationLevel.READ_COMMITTED)
                .equals(endOffsets(all, IsolationLevel.READ_UNCOMMITTED))) {
            if (System.nanoTime() > deadline) {
                throw new ReplayPreconditionException(RootLocaleText.format(
                        "the brokers committed what was written to %s, but do not show all of it after %d s; do not "
                                + "use it before they do", names, VISIBILITY_TIMEOUT.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private Map<TopicPartition, Long> endOffsets(Map<TopicPartition, OffsetSpec> all, IsolationLevel isolation)
            throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(all, new ListOffsetsOptions(isolation)).all().get()
                    .forEach((partition, found) -> ends.put(partition, found.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new ReplayPreconditionException(RootLocaleText.format(
                    "cannot read the end offsets of %s from the brokers: %s", all.keySet(), e.getCause().getMessage()));
        }
    }

    /** Whether a topic has committed records; those of an aborted transaction do not count. */
    private boolean isNotEmpty(TopicDescription topic) {
        List<TopicPartition> all = IntStream.range(0, topic.partitions().size())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition)).toList();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }
}
