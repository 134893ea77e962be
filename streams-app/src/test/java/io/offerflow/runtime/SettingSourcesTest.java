package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {

    @TempDir
    private Path directory;

    @Test
    void theCommandLineOverridesTheEnvironmentAndThatTheFile() throws IOException {
        Path file = file("""
                application.id = of-file
                state.dir = of-file
                num.stream.threads = 1
                """);

        SettingSources sources = SettingSources.read(Optional.of(file),
                Map.of("OFFERFLOW_STATE_DIR", "of-environment", "OFFERFLOW_NUM_STREAM_THREADS", "2", "HOME", "/"),
                List.of("num.stream.threads=3", "kafka.sasl.jaas.config=user=\"u\";"));

        assertThat(sources.values()).containsOnly(Map.entry("application.id", "of-file"),
                Map.entry("state.dir", "of-environment"), Map.entry("num.stream.threads", "3"),
                Map.entry("kafka.sasl.jaas.config", "user=\"u\";"));
        assertThat(sources.origins()).containsOnly(Map.entry("application.id", file + ", line 1"),
                Map.entry("state.dir", "environment variable OFFERFLOW_STATE_DIR"),
                Map.entry("num.stream.threads", "--set"), Map.entry("kafka.sasl.jaas.config", "--set"));
    }

    @Test
    void aLineOfTheFileIsFoundAlsoAfterCommentsAndContinuedLines() throws IOException {
        SettingSources sources = SettingSources.read(Optional.of(file("""
                # a comment that ends in a backslash \\

                kafka.sasl.jaas.config = Module required \\
                    username="u" \\
                    password="p";
                state.dir = C:\\\\state\\\\
                application.id = \\u006fne
                """)), Map.of(), List.of());

        assertThat(sources.values()).containsOnly(
                Map.entry("kafka.sasl.jaas.config", "Module required username=\"u\" password=\"p\";"),
                Map.entry("state.dir", "C:\\state\\"), Map.entry("application.id", "one"));
        assertThat(sources.origin("kafka.sasl.jaas.config")).endsWith(", line 3: ");
        assertThat(sources.origin("state.dir")).endsWith(", line 6: ");
        assertThat(sources.origin("application.id")).endsWith(", line 7: ");
    }

    @Test
    void everySettingHasAVariableOfItsOwn() {
        assertThat(ServiceConfigDef.CONFIG.names().stream().map(SettingSources::variable)).doesNotHaveDuplicates()
                .contains("OFFERFLOW_HTTP_PORT", "OFFERFLOW_LIMIT_SUB_INDUSTRIES");
        assertThat(SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_LIMIT_SUB_INDUSTRIES", "5",
                "OFFERFLOW_KAFKA_SECURITY_PROTOCOL", "SSL"), List.of()).values())
                .containsOnly(Map.entry("limit.sub-industries", "5"), Map.entry("kafka.security.protocol", "SSL"));
    }

    @Test
    void anUnknownVariableIsRefusedWithTheClosest() {
        assertThatThrownBy(() -> SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_HTTP_PROT", "1"), List.of()))
                .isInstanceOf(ConfigException.class).hasMessage("the environment has OFFERFLOW_HTTP_PROT, but there is "
                        + "no such setting; did you mean OFFERFLOW_HTTP_PORT?");
    }

    @Test
    void variablesOfTheLauncherAndOfKubernetesAreNoSettings() {
        assertThat(SettingSources.read(Optional.empty(), Map.of("OFFERFLOW_REGISTRY_URL", "x",
                "OFFERFLOW_SERVICE_HOST", "10.0.0.1", "OFFERFLOW_PORT_8080_TCP", "x"), List.of()).values()).isEmpty();
    }

    @Test
    void aFileThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> SettingSources.read(Optional.of(directory.resolve("none")), Map.of(), List.of()))
                .isInstanceOf(ConfigException.class).hasMessageContaining("none");
    }

    @Test
    void aFlagWithoutANameIsRefusedWithoutItsValue() {
        assertThatThrownBy(() -> SettingSources.read(Optional.empty(), Map.of(), List.of("=secret")))
                .isInstanceOf(ConfigException.class).hasMessage("expected --set name=value, but met \"=…\"");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("offerflow.properties"), text);
    }
}
