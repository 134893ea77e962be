package io.offerflow.cli.cluster;

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

/** Reads some topics, committed records only, without belonging to a group. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Where reading begins. */
    public sealed interface Start {
        /** With the oldest record. */
        record Beginning() implements Start {
        }

        /** With the next record. */
        record Now() implements Start {
        }

        /** With the first record of this time or later. */
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

    /** @param offer {@code publisherId/offerId}: only the partitions that its records belong to */
    public TopicReader(Cluster cluster, Collection<Topic> topics, Start start, Optional<String> offer) {
        this.consumer = cluster.reader();
        this.topics = topics.stream().map(Topic::topicName).toList();
        this.start = start;
        this.offer = offer;
    }

    /**
     * Hands over records until it is stopped, has come to an end that it was told to stop at, or the taker has had
     * enough.
     *
     * @param taker answers whether it wants more; gets the records of one fetch by time, and those of one time in
     *     the order in which the topics were given
     */
    public void run(Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        run(taker, () -> { });
    }

    /**
     * The same, for a taker that puts together what came together.
     *
     * @param afterFetch called after the records of each fetch; rows of one transaction usually come in one
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
            // that is what stop() is for
            return;
        }
    }

    private boolean handOver(Map<TopicPartition, Long> ends, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        consumer.poll(POLL).forEach(batch::add);
        // a stable sort: records of one partition with one time stay in order
        batch.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
                .thenComparingInt(record -> topics.indexOf(record.topic())));
        return batch.stream().filter(record -> record.offset() < ends.getOrDefault(partition(record), Long.MAX_VALUE))
                .allMatch(taker);
    }

    /** Makes {@link #run} return when it has read everything that is there now. */
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
        // positions are looked up now, so that "from here on" means from the start of the command
        partitions.forEach(consumer::position);
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        return offer.map(key -> List.of(new TopicPartition(topic, partition(key, all.size())))).orElse(all);
    }

    /** The partition of the records of an offer, as Kafka's own producers choose it. */
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
