package io.offerflow.query;

import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.http.HttpError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions of the journal backwards for requests. There is no index: a partition is read in chunks and
 * filtered by key, within bounds, so that the cost of a request does not grow with the journal.
 */
final class JournalReader {

    static final int CHUNK = 5_000;
    static final int MAX_RECORDS = 50_000;
    static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONCURRENT = 4;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SchemaRegistry registry;
    private final int partitions;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    JournalReader(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry, int partitions) {
        this.consumers = consumers;
        this.registry = registry;
        this.partitions = partitions;
    }

    /** A record of the journal. */
    record OffsetEntry(byte[] key, long offset, JournalEntry entry) {
    }

    int partitions() {
        return partitions;
    }

    /**
     * Reads for one request.
     *
     * @throws HttpError if too many requests are reading, or the brokers do not answer
     */
    <T> T read(Function<Scan, T> reading) {
        try {
            if (!permits.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw HttpError.unavailable("BUSY", 2, "%d histories are being read already.", MAX_CONCURRENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This instance is ending.");
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            return reading.apply(new Scan(consumer, new AvroDecoder(registry)));
        } catch (KafkaException | RegistryUnavailableException e) {
            throw HttpError.unavailable("STARTING", 2, "The journal cannot be read now: %s.", e.getMessage());
        } finally {
            permits.release();
        }
    }

    /** What one request reads with. */
    record Scan(Consumer<byte[], byte[]> consumer, AvroDecoder decoder) {

        long first(int partition) {
            return consumer.beginningOffsets(List.of(at(partition)), TIMEOUT).get(at(partition));
        }

        long end(int partition) {
            return consumer.endOffsets(List.of(at(partition)), TIMEOUT).get(at(partition));
        }

        /** The offsets at the ends of all partitions. */
        List<Long> ends(int partitions) {
            return IntStream.range(0, partitions).mapToObj(this::end).toList();
        }

        /** The records with these keys from one offset up to another, oldest first. */
        List<OffsetEntry> chunk(int partition, long from, long to, Predicate<byte[]> keys) {
            List<OffsetEntry> records = new ArrayList<>();
            consumer.assign(List.of(at(partition)));
            consumer.seek(at(partition), from);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (consumer.position(at(partition)) < to) {
                if (System.nanoTime() > deadline) {
                    throw HttpError.unavailable("STARTING", 2, "The brokers do not hand out the journal.");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.offset() < to && record.key() != null && record.value() != null
                            && keys.test(record.key())) {
                        records.add(new OffsetEntry(record.key(), record.offset(),
                                (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value())));
                    }
                }
            }
            return records;
        }

        private static TopicPartition at(int partition) {
            return new TopicPartition(Topic.OFFER_JOURNAL.topicName(), partition);
        }
    }
}
