package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds the newest records of an offer in a long topic, range by range from its end. */
final class ReverseReader {

    private static final long RANGE = 20_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private ReverseReader() {
    }

    /** The newest records with this key, up to the limit, oldest first. */
    static List<ConsumerRecord<byte[], byte[]>> newest(Cluster cluster, Topic topic, String key, int limit) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = cluster.reader()) {
            TopicPartition partition = new TopicPartition(topic.topicName(),
                    TopicReader.partition(key, consumer.partitionsFor(topic.topicName()).size()));
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (end > begin && found.size() < limit) {
                long from = Math.max(begin, end - RANGE);
                found.addAll(0, range(consumer, partition, from, end, wanted));
                end = from;
            }
        }
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    private static List<ConsumerRecord<byte[], byte[]>> range(Consumer<byte[], byte[]> consumer,
            TopicPartition partition, long from, long end, byte[] key) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(record -> {
                if (record.offset() < end && Arrays.equals(record.key(), key)) {
                    found.add(record);
                }
            });
        }
        return found;
    }
}
