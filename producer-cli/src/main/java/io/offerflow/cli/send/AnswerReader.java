package io.offerflow.cli.send;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the answers of the service, from now on or from an instant on. Used by one thread. */
final class AnswerReader implements AutoCloseable {

    /** The topics with answers, and how a record of each is read. */
    private static final Map<Topic, Function<IndexedRecord, Answer>> ANSWERS = Map.of(
            Topic.COMMAND_OUTCOMES, value -> new Answer.Outcome((CommandOutcome) value),
            Topic.QUARANTINE, value -> new Answer.Quarantined((QuarantinedRecord) value));

    private final Consumer<byte[], byte[]> consumer;
    private final AvroDecoder decoder;

    /** @param since the append time of the oldest input whose answer is needed; empty if that is not sent yet */
    AnswerReader(Cluster cluster, Optional<Instant> since) {
        this.consumer = cluster.reader();
        this.decoder = new AvroDecoder(cluster.registry());
        List<TopicPartition> partitions = topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        since.ifPresent(instant -> rewind(partitions, instant));
        // looked up now, so that the reader starts before the first record is sent
        partitions.forEach(consumer::position);
    }

    /** The topics with answers. */
    static Set<Topic> topics() {
        return ANSWERS.keySet();
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
    List<Answer> poll(Duration wait) {
        List<Answer> answers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.value() != null) {
                Topic topic = Topic.named(record.topic()).orElseThrow();
                answers.add(ANSWERS.get(topic).apply(decoder.decode(topic, record.value())));
            }
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
