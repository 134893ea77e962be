package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.runtime.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a gateway, and what is said about wrong ones. */
class GatewayConfigTest {

    private static final Path MANUAL = Path.of("..", "docs", "gateway.md");
    private static final String BEGIN = "<!-- settings: made from GatewayConfigDef by GatewayConfigTest -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http.prot | 1 | there is no setting \"http.prot\"; did you mean \"http.port\"?",
        "http.port | 65536 | http.port",
        "requests.concurrent | none | requests.concurrent",
        "kafka.acks | 0 | kafka.acks cannot be set",
        "kafka.isolation.level | read_uncommitted | cannot be set",
        "kafka.security.protocl | SSL | did you mean \"kafka.security.protocol\"?",
        "identity.issuer | https://login.example | only identity.issuer is set",
        "identity.jwks.url | file:///keys | http or https URL",
        "http.host | 0.0.0.0 | set identity.issuer, or http.host=127.0.0.1",
        "http.host | no.such.host.invalid | there is no address of \"no.such.host.invalid\""})
    void aWrongSettingStopsTheStart(String name, String value, String said) {
        assertThatThrownBy(() -> config(Map.of(name, value))).isInstanceOf(ConfigException.class)
                .hasMessageContaining(said);
    }

    @Test
    void everyInterfaceMayBeUsedWithAnIdentityProvider() {
        GatewayConfig config = config(Map.of("http.host", "0.0.0.0", "identity.issuer", "https://login.example/",
                "identity.jwks.url", "https://login.example/keys", "http.hosts", "offers.example, Offers.Example.com"));
        assertThat(config.hosts()).containsExactly("0.0.0.0", "offers.example", "offers.example.com");
        assertThat(config.isLocal()).isFalse();
    }

    @Test
    void withoutAProviderAContainerNeedsTheUnsafeSetting() {
        GatewayConfig config = config(Map.of("http.host", "0.0.0.0", "http.hosts", "localhost",
                "unsafe.local.user.on.network", "true"));
        assertThat(config.isLocal()).isTrue();
        assertThat(config.hosts()).containsExactly("0.0.0.0", "localhost");
    }

    @Test
    void variablesAndFlagsOverrideAFileAndSecretsAreNotShown() throws IOException {
        Path file = Files.createTempFile(Path.of("target"), "gateway", ".properties");
        Files.writeString(file, "bootstrap.servers=broker:9092\nschema.registry.url=http://registry:8081\n"
                + "http.port=1\nquery.token=a-secret-token\nkafka.sasl.jaas.config=another-secret\n");
        GatewayConfig config = GatewayConfig.read(Optional.of(file), Map.of("OFFERFLOW_GATEWAY_HTTP_PORT", "2",
                "OFFERFLOW_STATE_DIR", "/elsewhere", "OFFERFLOW_GATEWAY_WAIT_MAX_SECONDS", "9"),
                List.of("http.port=3"));
        Files.delete(file);

        assertThat(config.port()).isEqualTo(3);
        assertThat(config.longestWait()).hasSeconds(9);
        assertThat(config.queryToken()).contains("a-secret-token");
        assertThat(config.summary()).contains("http.port=3", "sasl.jaas.config").doesNotContain("secret");
        assertThatThrownBy(() -> GatewayConfig.read(Optional.empty(), Map.of("OFFERFLOW_GATEWAY_HTTP_PROT", "1"),
                List.of())).hasMessageContaining("did you mean OFFERFLOW_GATEWAY_HTTP_PORT?");
    }

    @Test
    void theManualListsEverySetting() throws IOException {
        String manual = Files.readString(MANUAL);
        assertThat(manual).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        int begin = manual.indexOf(BEGIN) + BEGIN.length();
        int end = manual.indexOf(END);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(MANUAL, manual.substring(0, begin) + table() + manual.substring(end));
        } else {
            assertThat(manual.substring(begin, end)).as("docs/gateway.md differs from the settings; update it with "
                    + "-Dgolden.update=true").isEqualTo(table());
        }
    }

    private static String table() {
        return "| setting | default | meaning |\n| --- | --- | --- |\n" + GatewayConfigDef.CONFIG.configKeys().values()
                .stream().map(GatewayConfigTest::row).collect(Collectors.joining());
    }

    private static String row(ConfigKey key) {
        String value = key.defaultValue == null || key.defaultValue.equals("") ? "none" : "`" + key.defaultValue + "`";
        return String.format(Locale.ROOT, "| `%s` | %s | %s |\n", key.name, key.hasDefault() ? value : "*required*",
                key.documentation);
    }

    private static GatewayConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "broker:9092",
                "schema.registry.url", "http://registry:8081"));
        settings.putAll(more);
        return GatewayConfig.of(settings);
    }
}
