package io.offerflow.notifier.delivery;

import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryBacklog;
import io.offerflow.avro.DeliveryRecord;
import io.offerflow.avro.DeliveryState;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The rows on the topic deliveries: writes them in one transaction with the offsets of the events, and finds those that
 * are still pending when a partition is taken over.
 *
 * <p>The metadata of each committed offset names two offsets of the topic deliveries: the one from which on all pending
 * rows are found, and the one up to which the rows of this commit are, so that a takeover waits until it sees them.
 */
final class DeliveryLog implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern METADATA = Pattern.compile("rows=(\\d+)-(\\d+)");

    private final Producer<byte[], byte[]> producer;
    private final RecordReader reader;
    private final AvroEncoder encoder;
    private final AvroDecoder decoder;

    /** Registers the schemas and fences an earlier producer of the same instance. */
    DeliveryLog(Producer<byte[], byte[]> producer, RecordReader reader, SchemaRegistry registry) {
        this.producer = producer;
        this.reader = reader;
        this.encoder = new AvroEncoder(registry, List.of(Topic.DELIVERIES, Topic.DEAD_LETTERS));
        this.decoder = new AvroDecoder(registry);
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private record SentRow(PartitionRows rows, PartitionRows.RowWrite write, Future<RecordMetadata> result) {
    }

    /**
     * Commits what has changed.
     *
     * @param positions the next offset of each partition
     * @throws KafkaException if it is not certain that it was committed; the engine has to start again
     */
    void commit(Map<TopicPartition, Long> positions, Map<TopicPartition, PartitionRows> changed,
            ConsumerGroupMetadata group, Instant now) throws InterruptedException {
        producer.beginTransaction();
        List<SentRow> sent = new ArrayList<>();
        changed.forEach((partition, rows) -> {
            PartitionRows.RowBatch batch = rows.take(now);
            batch.rows().forEach(row -> sent.add(new SentRow(rows, row, producer.send(new ProducerRecord<>(
                    Topic.DELIVERIES.topicName(), partition.partition(), bytes(row.key()),
                    row.value().map(this::encoded).orElse(null))))));
            batch.deadLetters().forEach(write -> producer.send(new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(),
                    partition.partition(), bytes(write.key()),
                    encoder.encode(Topic.DEAD_LETTERS, write.letter()))));
        });
        producer.flush();
        for (SentRow row : sent) {
            row.rows().written(row.write(), offset(row.result()), now);
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position,
                Optional.empty(), metadata(changed.get(partition)))));
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
    }

    private static String metadata(PartitionRows rows) {
        return "rows=%d-%d".formatted(rows.bookmark(), rows.end());
    }

    private static long offset(Future<RecordMetadata> result) throws InterruptedException {
        try {
            return result.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException("a row cannot be written to " + Topic.DELIVERIES.topicName(), e.getCause());
        }
    }

    /** Takes over what is pending in a partition. */
    void restore(TopicPartition partition, Optional<OffsetAndMetadata> committed, DeliveryBook book) {
        Matcher places = METADATA.matcher(committed.map(OffsetAndMetadata::metadata).orElse(""));
        boolean known = places.matches();
        long from = known ? Long.parseLong(places.group(1)) : 0;
        long to = known ? Long.parseLong(places.group(2)) : 0;
        TopicPartition log = new TopicPartition(Topic.DELIVERIES.topicName(), partition.partition());
        book.assign(partition, Math.max(to, known ? 0 : reader.end(log)));
        if (committed.isEmpty() || known && from == to) {
            return;
        }
        Map<String, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
        reader.all(log, from, to, record -> record.key() != null).forEach(record ->
                newest.put(new String(record.key(), StandardCharsets.UTF_8), record));
        List<ConsumerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
        newest.values().stream().filter(record -> record.value() != null).forEach(record -> {
            switch (content(record)) {
                case Delivery row when isPending(row, partition) -> deliveries.add(record);
                case DeliveryBacklog row when row.getTopic().equals(partition.topic()) ->
                    book.restore(partition, row.getDestination(), Optional.ofNullable(row.getOffset()),
                            Optional.ofNullable(row.getReplayId()), record.offset(),
                            Instant.ofEpochMilli(record.timestamp()));
                default -> { }
            }
        });
        deliveries.sort(Comparator.comparingLong(record -> ((Delivery) content(record)).getSource().getOffset()));
        deliveries.forEach(record -> {
            Delivery row = (Delivery) content(record);
            book.restore(partition, event(row), row, record.offset(), Instant.ofEpochMilli(record.timestamp()));
        });
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private Object content(ConsumerRecord<byte[], byte[]> record) {
        return ((DeliveryRecord) decoder.decode(Topic.DELIVERIES, record.value())).getContent();
    }

    private static boolean isPending(Delivery row, TopicPartition partition) {
        return row.getState() == DeliveryState.PENDING && row.getSource().getTopic().equals(partition.topic());
    }

    private static EventRef event(Delivery row) {
        return new EventRef(row.getEventId(), Topic.named(row.getSource().getTopic()).orElseThrow(),
                row.getSource().getPartition(), row.getSource().getOffset(), row.getKey(), row.getOccurredAt());
    }

    private byte[] encoded(Object content) {
        return encoder.encode(Topic.DELIVERIES, new DeliveryRecord(content));
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
