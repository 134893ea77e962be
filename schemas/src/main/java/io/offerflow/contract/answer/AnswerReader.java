package io.offerflow.contract.answer;

import io.offerflow.contract.registry.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the answers of the service, from now on or from an instant on. Used by one thread. */
public final class AnswerReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final AnswerDecoder decoder;

    /**
     * Finds the position from which to read.
     *
     * @param reader of committed records, without a group; closed with this object
     * @param since the append time of the oldest input whose answer is needed; empty if that is not sent yet
     */
    public AnswerReader(Consumer<byte[], byte[]> reader, SchemaRegistry registry, Optional<Instant> since) {
        this.consumer = reader;
        this.decoder = new AnswerDecoder(registry);
        List<TopicPartition> partitions = AnswerDecoder.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        since.ifPresent(instant -> rewind(partitions, instant));
        // looked up now, so that the reader starts before the first record is sent
        partitions.forEach(consumer::position);
    }

    /** The time of an answer is the offer's clock, which is never before the append time of the input. */
    private void rewind(List<TopicPartition> partitions, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** The answers since the last call. */
    public List<Answer> poll(Duration wait) {
        List<Answer> answers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            decoder.decode(record).ifPresent(answers::add);
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
