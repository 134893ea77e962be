package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceSettingsTest {

    private static final Map<String, String> LEAST = Map.of("bootstrap.servers", "127.0.0.1:9092",
            "schema.registry.url", "http://user:secret@127.0.0.1:8081");

    private static ServiceConfig with(String name, String value) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.put(name, value);
        return ServiceConfig.of(settings);
    }

    @Test
    void anUnknownSettingIsRefusedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> with("aplication.id", "x")).isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"aplication.id\"").hasMessageContaining("did you mean \"application.id\"");
    }

    @Test
    void aMissingSettingIsNamedWithItsMeaning() {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of("schema.registry.url", "http://127.0.0.1:8081")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("bootstrap.servers");
    }

    @Test
    void aValueOfTheWrongKindIsRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> with("due.grace", "30s")).isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"due.grace\" is \"30s\"").hasMessageContaining("PT30S");
        assertThatThrownBy(() -> with("stream.threads", "-1")).isInstanceOf(ConfigException.class)
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> with("strict.offer.ids", "yes")).isInstanceOf(ConfigException.class)
                .hasMessageContaining("true or false");
    }

    @Test
    void settingsOfKafkaAreHandedThroughAndWin() {
        ServiceConfig config = with("kafka.commit.interval.ms", "50");

        assertThat(StreamsProperties.of(config)).containsEntry("commit.interval.ms", "50")
                .containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void theLineForTheStartShowsNoSecrets() {
        assertThat(with("kafka.sasl.jaas.config", "password=hidden").summary()).contains("127.0.0.1:8081")
                .contains("sasl.jaas.config").doesNotContain("secret").doesNotContain("hidden");
        assertThat(with("due.grace", "PT5S").dueGrace()).isEqualTo(Duration.ofSeconds(5));
    }
}
