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

/** Topics that a replay fills: they do not exist, or are empty. */
final class TargetTopics {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Admin admin;
    private final Supplier<Consumer<byte[], byte[]>> consumers;

    TargetTopics(Admin admin, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.admin = admin;
        this.consumers = consumers;
    }

    /**
     * Refuses topics that exist and are not as wanted, or hold something.
     *
     * @return those that do not exist
     */
    List<NewTopic> check(Collection<NewTopic> wanted) throws InterruptedException {
        Map<String, TopicDescription> found = describe(wanted.stream().map(NewTopic::name).toList());
        List<NewTopic> missing = new ArrayList<>();
        for (NewTopic topic : wanted) {
            TopicDescription there = found.get(topic.name());
            if (there == null) {
                missing.add(topic);
            } else if (there.partitions().size() != topic.numPartitions()) {
                throw new ReplayPreconditionException(
                        RootLocaleText.format("topic %s has %d partitions instead of %d; delete it, or choose another name",
                                topic.name(), there.partitions().size(), topic.numPartitions()));
            } else if (holdsSomething(there)) {
                throw new ReplayPreconditionException(
                        RootLocaleText.format("topic %s is not empty; delete it, or choose another name, so that what comes of "
                                + "the replay is not mixed with something else", topic.name()));
            }
        }
        return missing;
    }

    void create(List<NewTopic> missing) throws InterruptedException {
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new ReplayPreconditionException(RootLocaleText.format("the brokers do not create %s: %s",
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
                    throw new ReplayPreconditionException(RootLocaleText.format("cannot ask the brokers about topic %s: %s", name,
                            e.getCause().getMessage()));
                }
            }
        }
        return found;
    }

    /**
     * Waits until a transaction that was committed can be seen in all partitions: its markers are written after the
     * commit has returned, and who came in between would take the topics for shorter than they are.
     */
    void awaitVisible(Collection<String> names) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        describe(names).forEach((name, topic) -> topic.partitions().forEach(partition ->
                all.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ends(all, IsolationLevel.READ_COMMITTED).equals(ends(all, IsolationLevel.READ_UNCOMMITTED))) {
            if (System.nanoTime() > deadline) {
                throw new ReplayPreconditionException(
                        RootLocaleText.format("the brokers took what was written to %s, but do not show all of it after "
                                + "%d s; wait with its use until they do", names, PATIENCE.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private Map<TopicPartition, Long> ends(Map<TopicPartition, OffsetSpec> all, IsolationLevel isolation)
            throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(all, new ListOffsetsOptions(isolation)).all().get()
                    .forEach((partition, found) -> ends.put(partition, found.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw new ReplayPreconditionException(RootLocaleText.format("cannot ask the brokers how long %s are: %s", all.keySet(),
                    e.getCause().getMessage()));
        }
    }

    /** Committed records: what an interrupted run left behind is none. */
    private boolean holdsSomething(TopicDescription topic) {
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
