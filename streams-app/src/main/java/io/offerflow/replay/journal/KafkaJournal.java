package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The journal of a cluster. Reads without a group and changes nothing. */
public final class KafkaJournal implements Journal {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /** @param consumers of committed records, without a group, each for one thread; closed by whoever asked for it */
    public KafkaJournal(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    @Override
    public List<OffsetRange> stretches() {
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
    public void read(OffsetRange stretch, RecordHandler taker) {
        if (stretch.length() == 0) {
            return;
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            TopicPartition partition = new TopicPartition(Topic.OFFER_JOURNAL.topicName(), stretch.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, stretch.from());
            read(consumer, partition, stretch, taker);
        }
    }

    private static void read(Consumer<byte[], byte[]> consumer, TopicPartition partition, OffsetRange stretch,
            RecordHandler taker) {
        long heard = System.nanoTime();
        long position = stretch.from();
        while (position < stretch.to()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() >= stretch.to() || !taker.take(new JournalRecord(record.partition(),
                        record.offset(), Optional.ofNullable(record.key()), Optional.ofNullable(record.value())))) {
                    return;
                }
            }
            long now = consumer.position(partition);
            heard = now > position ? System.nanoTime() : heard;
            position = now;
            if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        RootLocaleText.format("the brokers have handed out nothing of %s behind offset %d for %d s", partition,
                                position, PATIENCE.toSeconds()));
            }
        }
    }
}
