package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the journal of a cluster without a consumer group. */
public final class KafkaJournal implements Journal {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /** @param consumers makes consumers of committed records without a group, one per read */
    public KafkaJournal(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    @Override
    public List<OffsetRange> ranges() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> all = consumer.partitionsFor(Topic.OFFER_JOURNAL.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            Map<TopicPartition, Long> from = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> to = consumer.endOffsets(all);
            return all.stream().map(partition -> new OffsetRange(partition.partition(), from.get(partition),
                    to.get(partition))).sorted((one, other) -> one.partition() - other.partition()).toList();
        }
    }

    @Override
    public void read(OffsetRange range, RecordHandler handler) {
        if (range.length() == 0) {
            return;
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            TopicPartition partition = new TopicPartition(Topic.OFFER_JOURNAL.topicName(), range.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, range.from());
            read(consumer, partition, range, handler);
        }
    }

    private static void read(Consumer<byte[], byte[]> consumer, TopicPartition partition, OffsetRange range,
            RecordHandler handler) {
        long progressAt = System.nanoTime();
        long position = range.from();
        while (position < range.to()) {
            for (ConsumerRecord<byte[], byte[]> record : poll(consumer, partition)) {
                if (record.offset() >= range.to() || !handler.handle(new JournalRecord(record.partition(),
                        record.offset(), Optional.ofNullable(record.key()), Optional.ofNullable(record.value())))) {
                    return;
                }
            }
            long now = consumer.position(partition);
            progressAt = now > position ? System.nanoTime() : progressAt;
            position = now;
            if (System.nanoTime() - progressAt > TIMEOUT.toNanos()) {
                throw new TimeoutException(RootLocaleText.format(
                        "the brokers have returned no record of %s from offset %d on for %d s", partition, position,
                        TIMEOUT.toSeconds()));
            }
        }
    }

    /** The next entries; Kafka's consumer has no class for one whose checksum is wrong. */
    private static List<ConsumerRecord<byte[], byte[]>> poll(Consumer<byte[], byte[]> consumer,
            TopicPartition partition) {
        try {
            return consumer.poll(POLL).records(partition);
        } catch (KafkaException e) {
            Optional<String> corrupt = Stream.of(e, e.getCause()).flatMap(Stream::ofNullable)
                    .map(failure -> String.valueOf(failure.getMessage()))
                    .filter(message -> message.contains(" is invalid, cause: ")).findFirst();
            if (corrupt.isPresent()) {
                throw new ReplayHaltedException(partition.partition(), consumer.position(partition),
                        "the brokers have an entry whose checksum is wrong (" + corrupt.get() + ")",
                        "Restore this partition of the journal from a replica or a copy");
            }
            throw e;
        }
    }
}
