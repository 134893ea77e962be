package io.offerflow.query;

import io.offerflow.avro.OfferStatus;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the committed rows of the topic offer-status into the index, and publishes changes to subscribers. */
final class StatusFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<TopicPartition> partitions;
    private final AvroDecoder decoder;
    private final OfferIndex index;
    private final Subscribers subscribers;
    private final Clock clock;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("offer-status-feed").daemon().unstarted(this::run);
    private volatile boolean closed;
    private volatile Optional<Consumer<byte[], byte[]>> activeConsumer = Optional.empty();
    private Map<TopicPartition, Long> endOffsets = Map.of();
    private Instant endOffsetsAt = Instant.EPOCH;
    private long checkedNanos;

    StatusFeed(Supplier<Consumer<byte[], byte[]>> consumers, int partitions, SchemaRegistry registry, OfferIndex list,
            Subscribers subscribers, Clock clock) {
        this.consumers = consumers;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(Topic.OFFER_STATUS.topicName(), number)).toList();
        this.decoder = new AvroDecoder(registry);
        this.index = list;
        this.subscribers = subscribers;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                activeConsumer = Optional.of(consumer);
                consumer.assign(partitions);
                partitions.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
                while (!closed) {
                    poll(consumer);
                }
            } catch (WakeupException closing) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("reading offer-status for the list of offers failed and starts again: {}", e.toString());
                LockSupport.parkNanos(CHECK_INTERVAL_NANOS);
            }
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            apply(record);
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        if (endOffsets.isEmpty() && System.nanoTime() - checkedNanos >= CHECK_INTERVAL_NANOS) {
            fetchEndOffsets(consumer);
        }
        if (!endOffsets.isEmpty() && endOffsets.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            index.caughtUp(endOffsetsAt);
            endOffsets = Map.of();
        }
    }

    private void fetchEndOffsets(Consumer<byte[], byte[]> consumer) {
        checkedNanos = System.nanoTime();
        endOffsetsAt = clock.instant();
        try {
            endOffsets = consumer.endOffsets(partitions, TIMEOUT);
        } catch (TimeoutException brokersAreAway) {
            LOG.warn("cannot read the end offsets of offer-status; the list of offers may be out of date");
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        Optional<OfferKey> offer = OfferKey.parse(key);
        if (record.value() == null) {
            offer.ifPresent(gone -> {
                index.remove(gone);
                publish(gone.publisherId(), "gone", Json.object().put("publisherId", gone.publisherId())
                        .put("offerId", gone.offerId()).toString());
            });
            return;
        }
        try {
            OfferIndexEntry row = OfferIndexEntry.of((OfferStatus) decoder.decode(Topic.OFFER_STATUS, record.value()));
            index.put(row);
            publish(row.key().publisherId(), "offer", row.json(clock.instant()).toString());
        } catch (NotWireFormatException | UnknownSchemaException | UnreadableValueException e) {
            LOG.error("the list of offers lacks {}: its row at {}-{} offset {} cannot be read: {}", key,
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void publish(String publisherId, String event, String data) {
        if (index.hasCaughtUp()) {
            subscribers.publish(publisherId, event, data);
        }
    }

    @Override
    public void close() {
        closed = true;
        activeConsumer.ifPresent(Consumer::wakeup); // an interrupt would prevent a clean close of the consumer
        try {
            thread.join(TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
