package io.offerflow.faults.history;

import io.offerflow.contract.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a run has left in one partition of every topic.
 *
 * @param committed the committed records by topic, in the order of their offsets
 * @param seen what a reader of committed records received while the run went on, in the order of receipt
 * @param acknowledged the inputs that the broker has acknowledged to their producers
 * @param stores the rows of each store: the changelog, compacted
 */
public record PartitionHistory(int partition, Map<Topic, List<ConsumerRecord<byte[], byte[]>>> committed,
        Map<Topic, List<Sighting>> seen, Map<Topic, List<Sighting>> acknowledged,
        Map<String, NavigableMap<Bytes, byte[]>> stores) {

    /**
     * A record as a client saw it.
     *
     * @param hash of key and value
     */
    public record Sighting(long offset, int hash) {

        public static Sighting of(ConsumerRecord<byte[], byte[]> record) {
            return new Sighting(record.offset(), hash(record.key(), record.value()));
        }

        /** The hash of a key and a value, which may be null. */
        public static int hash(byte[] key, byte[] value) {
            return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
        }
    }

    /** The committed records of a topic. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        return committed.getOrDefault(topic, List.of());
    }
}
