package io.offerflow.notifier;

import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.notifier.delivery.EngineClients;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates the clients of Kafka with the settings that the promises of the notifier depend on. */
final class NotifierClients implements EngineClients {

    private static final int FETCH_WAIT_MILLIS = 50;
    /** Another instance takes over after this time. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    /** An open transaction of an instance that has died holds up readers of the topic deliveries for this time. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

    private final NotifierConfig config;
    private final String instance;

    NotifierClients(NotifierConfig config) {
        this.config = config;
        this.instance = config.groupInstanceId().orElseGet(() -> UUID.randomUUID().toString());
    }

    @Override
    public Consumer<byte[], byte[]> member() {
        Map<String, Object> settings = consumer();
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.groupId());
        config.groupInstanceId().ifPresent(id -> settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return consumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> reader() {
        Map<String, Object> settings = consumer();
        // it reads what is there: it waits only for the answer to a fetch that it does not need any more
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        return consumer(settings);
    }

    /** A consumer that follows topics with few records. */
    Consumer<byte[], byte[]> follower() {
        return consumer(consumer());
    }

    private Map<String, Object> consumer() {
        Map<String, Object> settings = all();
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = all();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "%s%s-%s".formatted(TopicAcls.NOTIFIER_PREFIX, config.groupId(), instance));
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        return producer(settings);
    }

    /** An idempotent producer for changes of subscriptions. */
    Producer<byte[], byte[]> editor() {
        return producer(all());
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The settings for an admin client. */
    Map<String, Object> all() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }
}
