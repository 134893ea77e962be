package io.offerflow.cli.cluster;

import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Utils;

/** Reads the committed records of topics, without a consumer group. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Where reading begins. */
    public sealed interface Start {
        /** At the oldest record. */
        record Beginning() implements Start {
        }

        /** At the next record. */
        record Now() implements Start {
        }

        /** At the first record of this time or later. */
        record At(Instant instant) implements Start {
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final Start start;
    private final Optional<String> offer;
    private volatile boolean untilEnd;

    public TopicReader(Cluster cluster, Collection<Topic> topics, Start start) {
        this(cluster, topics, start, Optional.empty());
    }

    /** @param offer {@code publisherId/offerId}: read only the partitions of its records */
    public TopicReader(Cluster cluster, Collection<Topic> topics, Start start, Optional<String> offer) {
        this.consumer = cluster.reader();
        this.topics = topics.stream().map(Topic::topicName).toList();
        this.start = start;
        this.offer = offer;
    }

    /**
     * Passes records to the taker until this reader is stopped, reaches the end after {@link #stopAtEnd}, or the taker
     * wants no more.
     *
     * @param taker returns whether it wants more; receives the records of one fetch by time, and those of the same time
     *     in the order in which the topics were given
     */
    public void run(Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        run(taker, () -> { });
    }

    /**
     * The same, for a taker that combines the records of one fetch.
     *
     * @param afterFetch called after the records of each fetch; rows of one transaction usually come in one fetch
     */
    public void run(Predicate<ConsumerRecord<byte[], byte[]>> taker, Runnable afterFetch) {
        try {
            assign();
            Map<TopicPartition, Long> ends = Map.of();
            while (!untilEnd || ends.isEmpty() || !reached(ends)) {
                if (untilEnd && ends.isEmpty()) {
                    ends = consumer.endOffsets(consumer.assignment());
                }
                if (!handOver(ends, taker)) {
                    return;
                }
                afterFetch.run();
            }
        } catch (WakeupException stopped) {
            return; // stop() was called
        }
    }

    /** Runs until Ctrl-C as well, and then ends in good order; the parameters are those of {@link #run}. */
    public void runUntilInterrupted(Predicate<ConsumerRecord<byte[], byte[]>> taker, Runnable afterFetch)
            throws Exception {
        UntilInterrupted.run(() -> run(taker, afterFetch), this::stop);
    }

    private boolean handOver(Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        consumer.poll(POLL).forEach(batch::add);
        // the sort is stable: records of one partition with the same time stay in order
        batch.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparingInt(record -> topics.indexOf(record.topic())));
        return batch.stream().filter(record -> record.offset() < ends.getOrDefault(partition(record), Long.MAX_VALUE))
                .allMatch(taker);
    }

    /** Makes {@link #run} return when it has read all records that are there now. */
    public void stopAtEnd() {
        untilEnd = true;
    }

    /** Makes {@link #run} return at once; may be called from another thread. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assign() {
        List<TopicPartition> partitions = topics.stream().flatMap(topic -> partitions(topic).stream()).toList();
        consumer.assign(partitions);
        switch (start) {
            case Start.Beginning beginning -> consumer.seekToBeginning(partitions);
            case Start.Now now -> consumer.seekToEnd(partitions);
            case Start.At at -> {
                consumer.seekToEnd(partitions);
                Map<TopicPartition, Long> times = new HashMap<>();
                partitions.forEach(partition -> times.put(partition, at.instant().toEpochMilli()));
                consumer.offsetsForTimes(times).forEach((partition, found) -> {
                    if (found != null) {
                        consumer.seek(partition, found.offset());
                    }
                });
            }
        }
        // looked up now, so that "new" means since the start of the command
        partitions.forEach(consumer::position);
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        return offer.map(key -> List.of(new TopicPartition(topic, partition(key, all.size())))).orElse(all);
    }

    /** The partition of the records of an offer, as Kafka's default partitioner chooses it. */
    public static int partition(String offer, int partitions) {
        return Utils.toPositive(Utils.murmur2(offer.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
