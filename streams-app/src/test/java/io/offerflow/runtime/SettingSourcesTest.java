package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {

    @TempDir
    private Path directory;

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("offerflow.properties"), """
                application.id = of-file
                state.dir = of-file
                stream.threads = 1
                """);

        Map<String, String> settings = SettingSources.read(Optional.of(file),
                Map.of("OFFERFLOW_STATE_DIR", "of-environment", "OFFERFLOW_STREAM_THREADS", "2", "HOME", "/"),
                List.of("stream.threads=3", "kafka.sasl.jaas.config=user=\"u\";"));

        assertThat(settings).containsOnly(Map.entry("application.id", "of-file"),
                Map.entry("state.dir", "of-environment"), Map.entry("stream.threads", "3"),
                Map.entry("kafka.sasl.jaas.config", "user=\"u\";"));
    }

    @Test
    void everySettingHasAVariableOfItsOwn() {
        assertThat(ServiceConfig.KEYS.stream().map(key -> SettingSources.variable(key.name()))).doesNotHaveDuplicates()
                .contains("OFFERFLOW_HTTP_PORT", "OFFERFLOW_LIMIT_SUB_INDUSTRIES");
        assertThat(SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_LIMIT_SUB_INDUSTRIES", "5",
                "OFFERFLOW_KAFKA_SECURITY_PROTOCOL", "SSL"), List.of()))
                .containsOnly(Map.entry("limit.sub-industries", "5"), Map.entry("kafka.security.protocol", "SSL"));
    }

    @Test
    void aVariableThatIsNoneIsRefusedWithTheClosest() {
        assertThatThrownBy(() -> SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_HTTP_PROT", "1"), List.of()))
                .isInstanceOf(ConfigException.class).hasMessageContaining("did you mean OFFERFLOW_HTTP_PORT?");
    }

    @Test
    void variablesOfTheLauncherAndOfKubernetesAreNoSettings() {
        assertThat(SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_REGISTRY_URL", "x",
                "OFFERFLOW_SERVICE_HOST", "10.0.0.1", "OFFERFLOW_PORT_8080_TCP", "x"), List.of())).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsToldByItsName() {
        assertThatThrownBy(() -> SettingSources.read(Optional.of(directory.resolve("none")), Map.of(), List.of()))
                .isInstanceOf(ConfigException.class).hasMessageContaining("none");
    }

    @Test
    void theQueryApiIsOffUnlessAPortIsGiven() {
        assertThat(config(Map.of()).http()).isEmpty();
        assertThat(config(Map.of("http.port", "0")).http().orElseThrow().host()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> config(Map.of("http.port", "70000"))).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> config(Map.of("http.port", "80", "http.host", "0.0.0.0")))
                .hasMessageContaining("application.server");
    }

    private static ServiceConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("bootstrap.servers", "broker:9092");
        all.put("schema.registry.url", "http://registry:8081");
        return ServiceConfig.of(all);
    }
}
