package io.offerflow.bench.replay;

import io.offerflow.bench.run.Broker;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.ReplayCluster;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The bed's broker as replays that only read use a cluster. */
record BedCluster(Broker broker, SchemaRegistry registry) implements ReplayCluster {

    @Override
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
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
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers(),
                "isolation.level", "read_committed", "enable.auto.commit", false, "auto.offset.reset", "none",
                "max.poll.records", 5_000, "max.partition.fetch.bytes", Topic.OUTPUT_MAX_BYTES));
        properties.putAll(more);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> transactional(String id) {
        throw new UnsupportedOperationException("replays that are measured write nothing");
    }
}
