package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.ReplayCluster;
import io.offerflow.sandbox.Sandbox;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The sandbox as replays use a cluster. */
record SandboxReplay(Sandbox sandbox, SchemaRegistry registry) implements ReplayCluster {

    @Override
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()));
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return consumer(Map.of());
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String group) {
        return consumer(Map.of("group.id", group));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "none",
                "max.poll.records", 5_000, "max.partition.fetch.bytes", Topic.OUTPUT_MAX_BYTES));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", sandbox.bootstrapServers(), "transactional.id", id,
                "transaction.timeout.ms", 900_000, "max.request.size", Topic.OUTPUT_MAX_BYTES,
                "compression.type", "lz4"), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
