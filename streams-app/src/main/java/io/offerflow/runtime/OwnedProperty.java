package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.topology.AppendTimeExtractor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A property of Kafka that the service owns: {@code kafka.*} settings cannot override it, because a promise of the
 * service depends on it.
 *
 * @param key without the prefix of a client
 * @param value from the parsed settings of the service; empty if Kafka Streams or its default sets it
 * @param reason why the service owns it, and which setting to use instead, if there is one
 */
record OwnedProperty(String key, Function<Map<String, ?>, Optional<?>> value, String reason) {

    private static final String BYTES = "the service encodes and decodes records itself";
    private static final String QUARANTINE = "an input that cannot be read goes to the topic quarantine";
    private static final String FAILING = "an output that fails aborts the transaction and is never skipped";

    /** Every owned property, with the reason. */
    static final List<OwnedProperty> ALL = List.of(
            setting(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG),
            setting(StreamsConfig.APPLICATION_ID_CONFIG),
            setting(StreamsConfig.STATE_DIR_CONFIG),
            setting(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
            setting(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG),
            setting(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG),
            setting(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
            new OwnedProperty(StoreMemory.LIMIT, from(ServiceConfigDef.STORE_MEMORY_MB),
                    setBy(ServiceConfigDef.STORE_MEMORY_MB)),
            // The port may be any free one, so the value is known only once the query API listens.
            unset(StreamsConfig.APPLICATION_SERVER_CONFIG, setBy(ServiceConfigDef.APPLICATION_SERVER)),
            unset(ConsumerConfig.GROUP_ID_CONFIG, setBy(StreamsConfig.APPLICATION_ID_CONFIG)),

            fixed(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2,
                    "an input, its journal entry, its outcome and the new state commit in one transaction"),
            unset(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "exactly-once processing reads committed records only"),
            unset(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets commit in the transaction of their outputs"),
            unset(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "transactions need an idempotent producer"),
            unset(ProducerConfig.ACKS_CONFIG, "transactions need the acknowledgement of all in-sync replicas"),
            unset(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "Kafka Streams fences former owners of a task with it"),
            unset(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
                    "Kafka Streams completes its transactions itself"),

            fixed(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L,
                    "the journal records the order in which inputs were processed; waiting for other topics adds only "
                            + "latency"),
            fixed(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 1024 * 1024L,
                    "only the positions of tasks are cached, one row for each; other stores have no cache, because it "
                            + "delays writes until the commit, which then takes longer"),
            unset("cache.max.bytes.buffering", "it is the former name of statestore.cache.max.bytes"),
            fixed(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true,
                    "a generated name of a store or topic would change with the topology and lose the state"),
            unset(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, "the processor is part of the service"),
            unset(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, "the topology is fixed"),
            fixed(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic",
                    "the streams protocol has neither standby replicas nor static members"),
            fixed(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                    "a new group must not skip inputs that were sent before it started"),
            unset(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "topics come from the catalogue"),
            fixed(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AppendTimeExtractor.class,
                    "decisions use the time at which the broker appended the input"),

            fixed(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES,
                    "the service bounds its outputs by the size that their topics accept"),
            fixed(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Topic.OUTPUT_MAX_BYTES,
                    "a changelog must accept every row that the service writes"),
            unset(StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG),
                    "a changelog that deletes records loses offers"),
            unset(ProducerConfig.PARTITIONER_CLASS_CONFIG, "each output goes to the partition number of its input"),

            unset(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BYTES),
            unset(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BYTES),
            unset(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, BYTES),
            unset(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, BYTES),
            unset(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, BYTES),
            unset(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, BYTES),
            unset(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, QUARANTINE),
            unset("default.deserialization.exception.handler", QUARANTINE),
            unset(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FAILING),
            unset("default.production.exception.handler", FAILING),
            unset(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FAILING),
            // Kafka's constant is deprecated, but the default causes a warning at each start.
            fixed("processing.exception.handler.global.enabled", true, FAILING),
            unset(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, QUARANTINE));

    private static final List<String> CLIENT_PREFIXES = List.of(StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX, StreamsConfig.GLOBAL_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX, StreamsConfig.ADMIN_CLIENT_PREFIX);

    /** The owned property of this key, whether for all clients or for one of them. */
    static Optional<OwnedProperty> find(String key) {
        String plain = withoutClientPrefix(key);
        return ALL.stream().filter(property -> property.key().equals(plain)).findFirst();
    }

    /** {@code session.timeout.ms} for {@code main.consumer.session.timeout.ms}. */
    static String withoutClientPrefix(String key) {
        return CLIENT_PREFIXES.stream().filter(key::startsWith).findFirst()
                .map(prefix -> key.substring(prefix.length())).orElse(key);
    }

    private static OwnedProperty setting(String key) {
        return new OwnedProperty(key, from(key), setBy(key));
    }

    private static OwnedProperty fixed(String key, Object value, String reason) {
        return new OwnedProperty(key, settings -> Optional.of(value), reason);
    }

    private static OwnedProperty unset(String key, String reason) {
        return new OwnedProperty(key, settings -> Optional.empty(), reason);
    }

    private static Function<Map<String, ?>, Optional<?>> from(String setting) {
        return settings -> Optional.ofNullable(settings.get(setting));
    }

    private static String setBy(String setting) {
        return "the service sets it from the setting " + setting;
    }
}
