package io.offerflow.bench.run;

import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the processes of a run need to know.
 *
 * @param bootstrapServers of the broker that has or will have the workload on its input topics
 * @param partitions of every topic
 * @param workload folder with the files of the workload
 * @param scratch folder for state and logs of this run
 * @param run unique name of this run, for groups and transactions
 */
public record SubjectConfig(String bootstrapServers, String registryUrl, int partitions, Path workload, Path scratch,
        String run, int commitIntervalMs) {

    public RegistryClient registry() {
        return new RegistryClient(RegistryOptions.at(registryUrl));
    }

    /** A consumer of committed records. */
    public KafkaConsumer<byte[], byte[]> consumer(int maxPollRecords, Map<String, Object> more) {
        return new KafkaConsumer<>(with(more, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** An idempotent producer with the compression of the service. */
    public KafkaProducer<byte[], byte[]> producer(int lingerMs, Map<String, Object> more) {
        return new KafkaProducer<>(with(more, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, lingerMs), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> with(Map<String, Object> more, String name, Object value, String other, Object second) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, name, value, other, second));
        return all;
    }
}
