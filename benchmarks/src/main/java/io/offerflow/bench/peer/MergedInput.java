package io.offerflow.bench.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Merges the four topics of a partition by append time, as Kafka Streams does: a record is taken when each topic has
 * one waiting or has none left at the broker, so that a step result does not overtake the submission that it refers to.
 */
final class MergedInput {

    private final Consumer<?, ?> consumer;
    private final int batch;
    private final Map<Integer, Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>>> waiting = new HashMap<>();

    /** @param batch most records that are taken at once */
    MergedInput(Consumer<?, ?> consumer, int batch) {
        this.consumer = consumer;
        this.batch = batch;
    }

    void assigned(TopicPartition partition) {
        waiting.computeIfAbsent(partition.partition(), number -> new HashMap<>()).put(partition, new ArrayDeque<>());
    }

    /** Adds records, and pauses a topic that is far ahead of the others. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            Deque<ConsumerRecord<byte[], byte[]>> queue = waiting.get(partition.partition()).get(partition);
            queue.addAll(polled.records(partition));
            if (queue.size() > 2 * batch) {
                consumer.pause(List.of(partition));
            }
        }
    }

    /** The records that can be taken now, in order. */
    List<ConsumerRecord<byte[], byte[]>> next() {
        List<ConsumerRecord<byte[], byte[]>> next = new ArrayList<>();
        for (Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> topics : waiting.values()) {
            Optional<Deque<ConsumerRecord<byte[], byte[]>>> first = first(topics);
            while (first.isPresent() && next.size() < batch) {
                next.add(first.get().remove());
                first = first(topics);
            }
            topics.forEach((partition, queue) -> {
                if (queue.size() <= batch) {
                    consumer.resume(List.of(partition));
                }
            });
        }
        return next;
    }

    /** The topic whose first record was appended first; empty while a topic may still have an earlier one. */
    private Optional<Deque<ConsumerRecord<byte[], byte[]>>> first(
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> topics) {
        for (Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> topic : topics.entrySet()) {
            if (topic.getValue().isEmpty() && consumer.currentLag(topic.getKey()).orElse(1) > 0) {
                return Optional.empty();
            }
        }
        return topics.values().stream().filter(queue -> !queue.isEmpty())
                .min(Comparator.comparingLong(queue -> queue.element().timestamp()));
    }
}
