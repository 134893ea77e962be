package io.offerflow.runtime;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates consumers of committed records, without a group: the caller assigns and positions them. */
final class ReadCommittedConsumers implements Supplier<Consumer<byte[], byte[]>> {

    private final Map<String, Object> properties;

    ReadCommittedConsumers(ServiceConfig config) {
        properties = StreamsProperties.consumer(config);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }

    @Override
    public Consumer<byte[], byte[]> get() {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
