package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators can, and cannot, pass to Kafka (case C21). */
class KafkaPropertiesTest {

    static Stream<String> owned() {
        return OwnedProperty.ALL.stream().map(OwnedProperty::key);
    }

    @ParameterizedTest
    @MethodSource("owned")
    void anOwnedPropertyIsRefusedWithTheReason(String key) {
        String reason = OwnedProperty.find(key).orElseThrow().reason();
        for (String prefix : List.of("", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.",
                "producer.", "admin.")) {
            String name = "kafka." + prefix + key;
            assertThatThrownBy(() -> config(name, "1")).as(name).isInstanceOf(ConfigException.class)
                    .hasMessage("%s cannot be set: %s", name, reason);
        }
    }

    @Test
    void noKeyIsOwnedTwice() {
        assertThat(owned()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.id", "application.server", "bootstrap.servers", "commit.interval.ms",
        "group.instance.id", "num.standby.replicas", "num.stream.threads", "state.dir"})
    void thatOfASettingNamesTheSetting(String setting) {
        assertThatThrownBy(() -> config("kafka.main.consumer." + setting, "1"))
                .hasMessage("kafka.main.consumer.%s cannot be set: the service sets it from the setting %1$s", setting);
    }

    /** So that a property that comes to be set here is not forgotten in {@link OwnedProperty}. */
    @ParameterizedTest
    @ValueSource(strings = {"processing.guarantee", "isolation.level", "enable.auto.commit", "auto.offset.reset",
        "transactional.id", "max.task.idle.ms", "statestore.cache.max.bytes", "cache.max.bytes.buffering",
        "ensure.explicit.internal.resource.naming", "group.protocol", "key.deserializer", "value.deserializer",
        "key.serializer", "value.serializer", "default.key.serde", "default.value.serde",
        "default.deserialization.exception.handler", "default.production.exception.handler",
        "deserialization.exception.handler", "production.exception.handler", "processing.exception.handler",
        "topic.cleanup.policy", "offerflow.store.memory.mb"})
    void whatTheServicePromisesByIsOwned(String key) {
        assertThat(OwnedProperty.find("producer." + key)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"kafka.sasl.jaas.confg, kafka.sasl.jaas.config", "kafka.securty.protocol, kafka.security.protocol",
        "kafka.main.consumer.sesion.timeout.ms, kafka.main.consumer.session.timeout.ms",
        "kafka.producer.linger, kafka.producer.linger.ms"})
    void aMistypedPropertyIsRefusedWithTheClosest(String name, String closest) {
        assertThatThrownBy(() -> config(name, "1")).isInstanceOf(ConfigException.class)
                .hasMessage("Kafka has no property \"%s\"; did you mean \"%s\"?", name, closest);
    }

    @ParameterizedTest
    @CsvSource({"kafka.consumer.session.timeout.ms, soon, Not a number of type INT",
        "kafka.retry.backoff.ms, -1, Value must be at least 0",
        "kafka.rocksdb.config.setter, no.such.Setter, Class no.such.Setter could not be found."})
    void aValueThatKafkaRefusesIsRefusedAtOnce(String name, String value, String expected) {
        assertThatThrownBy(() -> config(name, value)).isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value %s for configuration %s: %s", value, name, expected);
    }

    @ParameterizedTest
    @CsvSource({"kafka.security.protocol, SASL_SSL", "kafka.ssl.truststore.password, secret",
        "kafka.request.timeout.ms, ${file:/run/secrets/kafka:timeout}", "kafka.topic.compression.type, zstd",
        "kafka.opentelemetry.exporter, console", "kafka.acceptable.recovery.lag, 10000"})
    void everythingElseIsPassedOn(String name, String value) {
        assertThat(StreamsProperties.of(config(name, value))).containsEntry(name.substring("kafka.".length()), value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.session.timeout.ms", "kafka.consumer.session.timeout.ms",
        "kafka.main.consumer.session.timeout.ms"})
    void theOperatorsValueReplacesTheDefaultOfTheService(String name) {
        StreamsConfig streams = new StreamsConfig(StreamsProperties.of(config(name, "6000")));
        assertThat(streams.getMainConsumerConfigs("group", "client", 1)).extractingByKey("session.timeout.ms")
                .asString().isEqualTo("6000");
    }

    @Test
    void clientsOfTheServiceResolvePrefixesAsKafkaStreamsDoes() {
        ServiceConfig config = ServiceConfig.of(Map.of("bootstrap.servers", "broker:9092", "schema.registry.url",
                "http://registry:8081", "kafka.security.protocol", "SSL", "kafka.admin.request.timeout.ms", "1000",
                "kafka.consumer.request.timeout.ms", "2000", "kafka.producer.request.timeout.ms", "3000"));

        assertThat(StreamsProperties.admin(config)).containsEntry("request.timeout.ms", "1000")
                .containsEntry("security.protocol", "SSL").containsEntry("bootstrap.servers", "broker:9092")
                .doesNotContainKeys("admin.request.timeout.ms", "consumer.request.timeout.ms");
        assertThat(StreamsProperties.consumer(config)).containsEntry("request.timeout.ms", "2000")
                .containsEntry("security.protocol", "SSL").containsEntry("isolation.level", "read_committed")
                .doesNotContainKeys("group.id", "group.instance.id", "client.id");
    }

    @Test
    void kafkaStreamsRunsWithWhatTheServiceOwns() {
        Properties properties = StreamsProperties.of(config("group.instance.id", "one"));
        Map<String, Object> owned = Map.ofEntries(Map.entry("bootstrap.servers", "broker:9092"),
                Map.entry("application.id", "offerflow"), Map.entry("state.dir", ".offerflow/state"),
                Map.entry("num.stream.threads", 1), Map.entry("num.standby.replicas", 0),
                Map.entry("commit.interval.ms", 100L), Map.entry("group.instance.id", "one"),
                Map.entry("offerflow.store.memory.mb", 256), Map.entry("processing.guarantee", "exactly_once_v2"),
                Map.entry("max.task.idle.ms", 0L), Map.entry("statestore.cache.max.bytes", 1_048_576L),
                Map.entry("ensure.explicit.internal.resource.naming", true), Map.entry("group.protocol", "classic"),
                Map.entry("auto.offset.reset", "earliest"), Map.entry("max.request.size", 8 * 1024 * 1024),
                Map.entry("topic.max.message.bytes", 8 * 1024 * 1024));
        assertThat(properties).containsAllEntriesOf(owned);

        StreamsConfig streams = new StreamsConfig(properties);
        assertThat(streams.getMainConsumerConfigs("offerflow", "client", 1))
                .containsEntry("group.instance.id", "one-1").containsEntry("auto.offset.reset", "earliest")
                .containsEntry("session.timeout.ms", 8_000).containsEntry("isolation.level", "read_committed")
                .containsEntry("topic.max.message.bytes", 8 * 1024 * 1024);
        assertThat(streams.getRestoreConsumerConfigs("client")).doesNotContainKeys("group.instance.id", "group.id");
        assertThat(streams.getProducerConfigs("client")).containsEntry("max.request.size", 8 * 1024 * 1024)
                .containsEntry("compression.type", "lz4").containsEntry("batch.size", 128 * 1024);
    }

    private static ServiceConfig config(String name, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "broker:9092", "schema.registry.url",
                "http://registry:8081"));
        settings.put(name, value);
        return ServiceConfig.of(settings);
    }
}
