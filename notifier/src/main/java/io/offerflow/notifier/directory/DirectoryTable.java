package io.offerflow.notifier.directory;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest rows of compacted topics.
 *
 * @param <R> the type of the rows
 */
final class DirectoryTable<R extends IndexedRecord> {

    /** Refuses a row with an {@code IllegalArgumentException}. */
    interface DirectoryRule<R> {
        void check(R row);
    }

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryTable.class);

    private final Topic topic;
    private final Class<R> type;
    private final DirectoryRule<R> rules;
    private final AvroDecoder decoder;
    private final Map<String, R> rows = new TreeMap<>();

    DirectoryTable(Topic topic, Class<R> type, DirectoryRule<R> rules, SchemaRegistry registry) {
        this.topic = topic;
        this.type = type;
        this.rules = rules;
        this.decoder = new AvroDecoder(registry);
    }

    Map<String, R> rows() {
        return Map.copyOf(rows);
    }

    /** All partitions of the topics. */
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, List<Topic> topics) {
        return topics.stream().flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }

    /** Reads on until the ends that the partitions had at the beginning. */
    static void readToEnd(Consumer<byte[], byte[]> consumer, List<DirectoryTable<?>> all) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> all.forEach(one -> one.take(record)));
        }
    }

    /** Takes a record; one that is not usable is logged, and leaves the row as it was. */
    boolean take(ConsumerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(topic.topicName()) || record.key() == null) {
            return false;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            return rows.remove(key) != null;
        }
        try {
            R row = type.cast(decoder.decode(topic, record.value()));
            rules.check(row);
            rows.put(key, row);
            return true;
        } catch (NotWireFormatException | UnreadableValueException | UnknownSchemaException
                | IllegalArgumentException e) {
            LOG.warn("the row {} of {} is not used: {}; write it again with `offerflow {} set`", key,
                    topic.topicName(), e.getMessage(), topic.topicName());
            return false;
        }
    }
}
