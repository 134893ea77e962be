package io.offerflow.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.runtime.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** The settings, and their table in docs/notifier.md; {@code -Dgolden.update=true} updates it. */
class NotifierConfigTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "notifier.md");
    private static final String BEGIN = "<!-- settings: made from the definitions by NotifierConfigTest -->\n";
    private static final String END = "<!-- end of settings -->\n";

    @Test
    void theDocumentHasEverySetting() throws Exception {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + table() + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).as("update docs/notifier.md with -Dgolden.update=true")
                    .isEqualTo(table());
        }
    }

    private static String table() {
        return "| setting | default | meaning |\n| --- | --- | --- |\n" + NotifierConfigDef.CONFIG.configKeys().values()
                .stream().map(key -> "| `%s` | %s | %s |\n".formatted(key.name, shown(key), key.documentation))
                .collect(Collectors.joining());
    }

    private static String shown(ConfigDef.ConfigKey key) {
        return key.defaultValue == ConfigDef.NO_DEFAULT_VALUE ? "*required*"
                : Optional.ofNullable(key.defaultValue).filter(value -> !value.equals(""))
                        .map(value -> "`" + value + "`").orElse("none");
    }

    @Test
    void mistakesAreNamedAndNothingStarts() {
        refused("mail.smtp.hots", "a", "did you mean \"mail.smtp.host\"");
        refused("mail.from", "Ann <a@b.c>", "e-mail address");
        refused("mail.fallback.address", "{publisher}", "{publisher}");
        refused("webhooks.allow", "receiver.example", "10.1.0.0/16");
        refused("webhooks.timeout", "15", "PT15S");
        refused("retry.for", "-P1D", "positive");
        refused("mail.smtp.security", "ssl", "starttls");
        refused("kafka.isolation.level", "read_uncommitted", "cannot be set");
        refused("kafka.fetch.max.wait.mss", "5", "did you mean");
    }

    @Test
    void mailsAreSentOrKept() {
        Map<String, String> both = with("mail.smtp.host", "localhost");
        both.put("mail.folder", "mails");
        assertThatThrownBy(() -> NotifierConfig.of(both)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("exclude each other");
        assertThat(NotifierConfig.of(with("retry.for", "P1D")).mailTransport()).isEmpty();
    }

    @Test
    void theSummaryShowsNoSecret() {
        Map<String, String> settings = with("mail.smtp.password", "hunter2");
        settings.put("kafka.sasl.jaas.config", "hunter3");
        assertThat(NotifierConfig.of(settings).summary()).contains("mail.smtp.port=587", "[sasl.jaas.config]")
                .doesNotContain("hunter");
    }

    @Test
    void theEnvironmentOfOthersIsLeftAlone() {
        assertThatCode(() -> NotifierConfig.read(Optional.empty(), Map.of("OFFERFLOW_HTTP_PORT", "1",
                "OFFERFLOW_NOTIFIER_MAIL_FOLDER", "mails"), List.of("bootstrap.servers=b:1",
                "schema.registry.url=http://r:2"))).doesNotThrowAnyException();
    }

    private static void refused(String name, String value, String... sentence) {
        assertThatThrownBy(() -> NotifierConfig.of(with(name, value))).as(name).isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(sentence);
    }

    private static Map<String, String> with(String name, String value) {
        return new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url",
                "http://localhost:8081", name, value));
    }
}
