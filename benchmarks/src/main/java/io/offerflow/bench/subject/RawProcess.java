package io.offerflow.bench.subject;

import io.offerflow.bench.footprint.Footprint;
import io.offerflow.bench.footprint.FootprintReader;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Main class of the floor: a consumer and an idempotent producer; no offsets are kept, so nothing is exactly once. */
final class RawProcess {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Site site;
    private final Map<TopicPartition, FootprintReader> readers = new HashMap<>();

    private RawProcess(Site site) {
        this.site = site;
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // linger as Kafka Streams has it, compression as the service has it
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4", ProducerConfig.LINGER_MS_CONFIG, 100,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static void main(String[] arguments) {
        RawProcess raw = new RawProcess(Site.of(arguments));
        Thread.ofPlatform().daemon().start(raw::run);
        Signals.ready();
        Signals.untilToldToStop();
        System.exit(0);
    }

    private void run() {
        List<TopicPartition> all = Topic.inputs().stream().flatMap(topic -> IntStream.range(0, site.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))).toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        try {
            while (true) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::copy);
            }
        } catch (RuntimeException e) {
            Signals.say(Signals.FAILED, e);
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        FootprintReader reader = readers.computeIfAbsent(from, first -> new FootprintReader(site.workload(),
                Topic.named(record.topic()).orElseThrow(), record.partition()));
        for (Footprint.Letter letter : reader.next(record.offset()).letters()) {
            Headers headers = new RecordHeaders();
            letter.headers().forEach(header -> headers.add(header.name(), header.value()));
            producer.send(new ProducerRecord<>(letter.topic().topicName(), record.partition(), record.timestamp(),
                    letter.key().orElseThrow(), letter.value().orElse(null), headers), (where, failure) ->
                    Optional.ofNullable(failure).ifPresent(lost -> Signals.say(Signals.FAILED, lost)));
        }
    }
}
