package io.offerflow.bench.subject;

import io.offerflow.bench.load.FootprintReader;
import io.offerflow.bench.run.ForkedProgram;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Plain clients: a consumer and an idempotent producer; offsets are not committed. */
record RawProgram(SubjectConfig config) implements ForkedProgram {

    private static final int LINGER_MS_OF_STREAMS = 100;

    @Override
    public void run() {
        Thread.ofPlatform().daemon().start(this::copy);
        Signals.readyUntilStopped(null);
    }

    private void copy() {
        Map<TopicPartition, FootprintReader> footprints = new HashMap<>();
        List<TopicPartition> all = Topic.inputs().stream().flatMap(topic -> IntStream.range(0, config.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))).toList();
        try (KafkaConsumer<byte[], byte[]> consumer = config.consumer(1000, Map.of());
                KafkaProducer<byte[], byte[]> producer = config.producer(LINGER_MS_OF_STREAMS,
                        Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES))) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    FootprintReader reader = footprints.computeIfAbsent(new TopicPartition(record.topic(),
                            record.partition()), from -> new FootprintReader(config.workload(), from));
                    reader.next(record.offset()).sent().forEach(sent -> producer.send(new ProducerRecord<>(
                            sent.topic().topicName(), record.partition(), record.timestamp(), sent.key(),
                            sent.value().orElse(null), sent.headers()), (metadata, failure) ->
                                    Optional.ofNullable(failure).ifPresent(Signals::fail)));
                }
            }
        } catch (RuntimeException e) {
            Signals.fail(e);
        }
    }
}
