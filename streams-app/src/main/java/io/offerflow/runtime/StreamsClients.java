package io.offerflow.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Creates the clients of Kafka Streams: those of Kafka, with a {@link HoldingConsumer} for the inputs. */
final class StreamsClients implements KafkaClientSupplier {

    private final SchemaLookups schemas;
    private final List<HoldingConsumer> inputs = new CopyOnWriteArrayList<>();

    StreamsClients(SchemaLookups schemas) {
        this.schemas = schemas;
    }

    /** The consumers of the stream threads. */
    List<HoldingConsumer> inputs() {
        return inputs;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        HoldingConsumer consumer = new HoldingConsumer(config, schemas, inputs::remove);
        inputs.add(consumer);
        return consumer;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }
}
