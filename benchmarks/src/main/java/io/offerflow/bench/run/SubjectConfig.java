package io.offerflow.bench.run;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the processes of a run need to know.
 *
 * @param workload folder with the files of the workload
 * @param scratch folder for state and logs of this run
 * @param run unique name of this run, for groups and transactions
 */
public record SubjectConfig(String bootstrapServers, String registryUrl, int partitions, Path workload, Path scratch,
        String run, int commitIntervalMs) {

    public RegistryClient registry() {
        return new RegistryClient(RegistryOptions.at(registryUrl));
    }

    public List<TopicPartition> inputs() {
        return Topic.inputs().stream().flatMap(topic -> IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))).toList();
    }

    /** A consumer of committed records, without a group. */
    public KafkaConsumer<byte[], byte[]> consumer(int maxPollRecords) {
        return new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** An idempotent producer with the compression of the service. */
    public KafkaProducer<byte[], byte[]> producer(int lingerMs, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4", ProducerConfig.LINGER_MS_CONFIG, lingerMs));
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
