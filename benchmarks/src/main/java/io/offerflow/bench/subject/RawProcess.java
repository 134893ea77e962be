package io.offerflow.bench.subject;

import io.offerflow.bench.load.Footprint;
import io.offerflow.bench.load.FootprintReader;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Main class of plain clients: a consumer and an idempotent producer; offsets are not committed. */
final class RawProcess {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SubjectConfig config;
    private final Map<TopicPartition, FootprintReader> readers = new HashMap<>();

    private RawProcess(SubjectConfig config) {
        this.config = config;
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // the linger of Kafka Streams, the compression of the service
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4", ProducerConfig.LINGER_MS_CONFIG, 100,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static void main(String[] arguments) {
        RawProcess raw = new RawProcess(SubjectConfig.of(arguments));
        Thread.ofPlatform().daemon().start(raw::run);
        Signals.readyUntilStopped();
        System.exit(0);
    }

    private void run() {
        List<TopicPartition> all = Topic.inputs().stream().flatMap(topic -> IntStream.range(0, config.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))).toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::copy);
            }
        } catch (RuntimeException e) {
            Signals.fail(e);
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        FootprintReader reader = readers.computeIfAbsent(from, first -> new FootprintReader(config.workload(),
                Topic.named(record.topic()).orElseThrow(), record.partition()));
        for (Footprint.SentRecord sent : reader.next(record.offset()).sent()) {
            producer.send(new ProducerRecord<>(sent.topic().topicName(), record.partition(), record.timestamp(),
                    sent.key(), sent.value().orElse(null), sent.headers()), (metadata, failure) ->
                    Optional.ofNullable(failure).ifPresent(Signals::fail));
        }
    }
}
