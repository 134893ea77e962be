package io.offerflow.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration of Kafka Streams: defaults of the service, the operator's {@code kafka.*}, owned properties. */
public final class StreamsProperties {

    private static final int DEFAULT_MAX_POLL_INTERVAL_MS =
            (Integer) ConsumerConfig.configDef().defaultValues().get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);

    private StreamsProperties() {
    }

    /** The properties of Kafka Streams for a configuration. */
    public static Properties of(ServiceConfig config) {
        Properties properties = defaults();
        properties.putAll(config.kafka());
        OwnedProperty.ALL.forEach(property -> property.value().apply(config.values())
                .ifPresent(value -> properties.put(property.key(), value)));
        return properties;
    }

    /** The properties of an admin client, with {@code admin.} resolved as Kafka Streams resolves it. */
    static Map<String, Object> admin(ServiceConfig config) {
        StreamsConfig streams = new StreamsConfig(of(config));
        return streams.getAdminConfigs(streams.getString(StreamsConfig.APPLICATION_ID_CONFIG) + "-watch");
    }

    /** The properties of a consumer without a group, with {@code consumer.} and {@code global.consumer.} resolved. */
    static Map<String, Object> consumer(ServiceConfig config) {
        Map<String, Object> properties = new StreamsConfig(of(config)).getGlobalConsumerConfigs("");
        properties.remove(ConsumerConfig.CLIENT_ID_CONFIG); // each consumer gets an id of its own from Kafka
        return properties;
    }

    /** Longest time between two polls until the group gives the partitions of a thread to others. */
    static Duration maxPollInterval(ServiceConfig config) {
        Object set = new StreamsConfig(of(config)).getMainConsumerConfigs("", "", 0)
                .get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return Duration.ofMillis(set == null ? DEFAULT_MAX_POLL_INTERVAL_MS : Long.parseLong(set.toString()));
    }

    /**
     * Defaults that an operator may change; without the prefix of a client, so that keys with a prefix take precedence.
     */
    private static Properties defaults() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, 0L);
        // Time until an instance that has caught up takes over its share; Kafka's default is ten minutes.
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, 60_000L);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 8_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // A commit sends all records of a partition since the last one; Kafka's 16 KiB splits them into many requests.
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        return properties;
    }
}
