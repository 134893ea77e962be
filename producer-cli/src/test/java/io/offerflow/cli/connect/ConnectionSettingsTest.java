package io.offerflow.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.cli.connect.ConnectionSettings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSettingsTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theLaterSourceWins() throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"),
                "security.protocol=SASL_SSL\nbootstrap.servers=file:9092\nclient.id=file\n");
        contexts("current=test\ntest.bootstrap.servers=context:9092\ntest.client.id=context\n"
                + "test.schema.registry.url=http://context:8081\nother.bootstrap.servers=other:9092\n");
        assertThat(of(given(Map.of())).bootstrapServers()).isEqualTo("context:9092");
        Given withFile = new Given(Optional.empty(), Optional.empty(), Optional.of(file), Optional.empty(), Map.of());
        assertThat(of(withFile).bootstrapServers()).isEqualTo("file:9092");
        assertThat(of(withFile).registryUrl()).isEqualTo("http://context:8081");
        environment.put("OFFERFLOW_BOOTSTRAP_SERVERS", "environment:9092");
        environment.put("OFFERFLOW_KAFKA_CLIENT_ID", "environment");
        assertThat(of(withFile).bootstrapServers()).isEqualTo("environment:9092");
        assertThat(of(withFile).clientProperties()).containsEntry("client.id", "environment")
                .containsEntry("security.protocol", "SASL_SSL").doesNotContainKey("schema.registry.url");
        Given all = new Given(Optional.of("flag:9092"), Optional.empty(), Optional.of(file), Optional.of("other"),
                Map.of("client.id", "extra"));
        assertThat(of(all).bootstrapServers()).isEqualTo("flag:9092");
        assertThat(of(all).clientProperties()).containsEntry("client.id", "extra");
        assertThat(of(all).registryUrl()).isEqualTo("http://localhost:8081");
    }

    @Test
    void aContextMayNameAFileOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("live.properties"), "sasl.mechanism=PLAIN\n");
        contexts("current=live\nlive.bootstrap.servers=live:9092\nlive.config=" + file + "\n");
        assertThat(of(given(Map.of())).clientProperties()).containsEntry("sasl.mechanism", "PLAIN")
                .doesNotContainKey("config");
    }

    @Test
    void aSlipOfThePenIsToldWithTheClosestName() throws IOException {
        contexts("test.bootstrap.servers=a:1\n");
        assertThatThrownBy(() -> of(given(Map.of("security.protocl", "SSL"))))
                .hasMessageContaining("did you mean security.protocol?");
        assertThatThrownBy(() -> of(new Given(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of("tes"), Map.of()))).hasMessageContaining("There is no context tes ")
                .hasMessageContaining("Did you mean test?");
        assertThatThrownBy(() -> of(new Given(Optional.empty(), Optional.empty(),
                Optional.of(folder.resolve("absent")), Optional.empty(), Map.of())))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void theCurrentContextIsChangedWithoutLosingComments() throws IOException {
        Path file = contexts("# mine\ncurrent = a\na.bootstrap.servers=a:1\nb.bootstrap.servers=b:1\n");
        Contexts.read(file).use("b");
        assertThat(Contexts.read(file).current()).contains("b");
        assertThat(Files.readString(file)).contains("# mine", "a.bootstrap.servers=a:1");
        assertThatThrownBy(() -> Contexts.read(file).use("c")).hasMessageContaining("There is no context c");
    }

    private Path contexts(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("contexts.properties"), text);
        environment.put("OFFERFLOW_CLI_CONTEXTS", file.toString());
        return file;
    }

    private ConnectionSettings of(Given given) {
        return ConnectionSettings.of(given, environment);
    }

    private static Given given(Map<String, String> extras) {
        return new Given(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), extras);
    }
}
