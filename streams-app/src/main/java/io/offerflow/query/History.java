package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * The journal entries of one offer, newest first. There is no index: a partition is read backwards in chunks and
 * filtered by key, within bounds, so that the cost of a request does not grow with the journal.
 */
final class History {

    private static final int CHUNK = 5_000;
    private static final int MAX_RECORDS = 50_000;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONCURRENT = 4;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SchemaRegistry registry;
    private final int partitions;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    History(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry, int partitions) {
        this.consumers = consumers;
        this.registry = registry;
        this.partitions = partitions;
    }

    private record HistoryRecord(long offset, JournalEntry entry) {
    }

    /** Entries, and the offset before which there may be more. */
    private record HistoryPage(List<HistoryRecord> entries, Optional<Long> next) {
    }

    ApiResponse of(OfferKey offer, ApiRequest request) {
        request.allowParameters("before", "limit");
        Optional<Long> before = request.number("before", 0, Long.MAX_VALUE);
        int limit = request.number("limit", 1, 200).orElse(50L).intValue();
        AvroDecoder decoder = new AvroDecoder(registry);
        return withPermit(() -> answer(offer, find(offer, before, limit, decoder), decoder));
    }

    private static ApiResponse answer(OfferKey offer, HistoryPage page, AvroDecoder decoder) {
        ObjectNode node = Json.object().put("publisherId", offer.publisherId()).put("offerId", offer.offerId());
        node.set("entries", Json.array(page.entries().stream()
                .map(entry -> HistoryJson.of(entry.offset(), entry.entry(), decoder)).toList()));
        node.set("next", Json.number(page.next()));
        return ApiResponse.json(node);
    }

    private ApiResponse withPermit(Supplier<ApiResponse> reading) {
        try {
            if (!permits.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw HttpError.unavailable("BUSY", 2, "%d histories are being read already.", MAX_CONCURRENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This instance is ending.");
        }
        try {
            return reading.get();
        } catch (KafkaException | RegistryUnavailableException e) {
            throw HttpError.unavailable("STARTING", 2, "The journal cannot be read now: %s.", e.getMessage());
        } finally {
            permits.release();
        }
    }

    private HistoryPage find(OfferKey offer, Optional<Long> before, int limit, AvroDecoder decoder) {
        byte[] key = StateCodec.key(offer);
        TopicPartition partition = new TopicPartition(Topic.OFFER_JOURNAL.topicName(),
                Utils.toPositive(Utils.murmur2(key)) % partitions);
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition), TIMEOUT).get(partition);
            long last = consumer.endOffsets(List.of(partition), TIMEOUT).get(partition);
            long to = Math.min(last, before.orElse(last));
            long lowest = Math.max(first, to - MAX_RECORDS);
            List<HistoryRecord> entries = new ArrayList<>();
            while (to > lowest && entries.size() < limit && System.nanoTime() < deadline) {
                long from = Math.max(lowest, to - CHUNK);
                List<HistoryRecord> older = chunk(consumer, partition, from, to, key, decoder);
                for (HistoryRecord entry : older.reversed()) {
                    entries.add(entry);
                    if (entry.entry().getSequence() == 1) {
                        return new HistoryPage(page(entries, limit), next(entries, limit));
                    }
                }
                to = from;
            }
            Optional<Long> next = entries.size() > limit ? next(entries, limit)
                    : to > first ? Optional.of(to) : Optional.empty();
            return new HistoryPage(page(entries, limit), next);
        }
    }

    private static List<HistoryRecord> page(List<HistoryRecord> entries, int limit) {
        return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
    }

    private static Optional<Long> next(List<HistoryRecord> entries, int limit) {
        return entries.size() > limit ? Optional.of(entries.get(limit - 1).offset()) : Optional.empty();
    }

    /** The offer's entries from one offset up to another, oldest first. */
    private static List<HistoryRecord> chunk(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from,
            long to, byte[] key, AvroDecoder decoder) {
        List<HistoryRecord> entries = new ArrayList<>();
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) < to) {
            if (System.nanoTime() > deadline) {
                throw HttpError.unavailable("STARTING", 2, "The brokers do not hand out the journal.");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset() < to && Arrays.equals(record.key(), key) && record.value() != null) {
                    entries.add(new HistoryRecord(record.offset(),
                            (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value())));
                }
            }
        }
        return entries;
    }
}
