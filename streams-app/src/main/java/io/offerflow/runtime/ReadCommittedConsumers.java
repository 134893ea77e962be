package io.offerflow.runtime;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates consumers of committed records, without a group: the caller assigns and positions them. */
final class ReadCommittedConsumers {

    private ReadCommittedConsumers() {
    }

    static Consumer<byte[], byte[]> consumer(ServiceConfig config) {
        Map<String, Object> properties = new HashMap<>();
        config.kafka().forEach((name, value) -> {
            if (ConsumerConfig.configNames().contains(name)) {
                properties.put(name, value); // the settings for security
            }
        });
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
