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
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what the service answers, from now on or from an instant on. Used by one thread. */
final class AnswerReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final AvroDecoder decoder;

    /** @param since the append time of the oldest input whose answer is wanted; empty: one not sent yet */
    AnswerReader(Cluster cluster, Optional<Instant> since) {
        this.consumer = cluster.reader();
        this.decoder = new AvroDecoder(cluster.registry());
        List<TopicPartition> partitions = Stream.of(Topic.COMMAND_OUTCOMES, Topic.QUARANTINE)
                .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        since.ifPresent(instant -> rewind(partitions, instant));
        // looked up now, so that "from here on" means from before the first record is sent
        partitions.forEach(consumer::position);
    }

    /** An answer carries the offer's clock, which never lies before the append time of what it answers. */
    private void rewind(List<TopicPartition> partitions, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** What has been answered since the last call. */
    List<Answer> poll(Duration patience) {
        List<Answer> answers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            if (record.value() != null) {
                answers.add(switch (decoder.decode(Topic.named(record.topic()).orElseThrow(), record.value())) {
                    case CommandOutcome outcome -> new Answer.Outcome(outcome);
                    case QuarantinedRecord bad -> new Answer.Quarantined(bad);
                    default -> throw new IllegalStateException("not a topic of answers: " + record.topic());
                });
            }
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
