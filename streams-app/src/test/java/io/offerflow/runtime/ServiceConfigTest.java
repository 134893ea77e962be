package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Golden;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.Policy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConfigTest {

    @Test
    void withoutSettingsThePolicyIsTheDocumentedOne() {
        assertThat(config(Map.of()).policy()).isEqualTo(Policy.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("components")
    void everyLimitCanBeSetAndNoOtherChangesWithIt(String component) throws ReflectiveOperationException {
        Limits limits = config(Map.of(key(component), "77777")).policy().limits();
        for (RecordComponent each : Limits.class.getRecordComponents()) {
            assertThat(each.getAccessor().invoke(limits)).as(each.getName()).isEqualTo(each.getName().equals(component)
                    ? 77_777 : each.getAccessor().invoke(Limits.DEFAULT));
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void theIdOfThePolicyChangesWithEveryLimit(String component) {
        assertThat(config(Map.of(key(component), "77777")).policy().id()).isNotEqualTo(Policy.DEFAULT.id())
                .isEqualTo(config(Map.of(key(component), "77777")).policy().id());
    }

    static Stream<String> components() {
        return Arrays.stream(Limits.class.getRecordComponents()).map(RecordComponent::getName);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "limit.listing-name | 0 | Value must be at least 1",
        "limit.listing-name | -1 | Value must be at least 1",
        "limit.listing-name | '' | Not a number of type INT",
        "limit.listing-name | many | Not a number of type INT",
        "limit.listing-name | 1.5 | Not a number of type INT",
        "limit.listing-name | 2147483648 | Not a number of type INT",
        "limit.listing-name | 10,000 | Not a number of type INT",
        "num.stream.threads | 0 | Value must be at least 1",
        "num.standby.replicas | -1 | Value must be at least 0",
        "commit.interval.ms | PT1S | Not a number of type LONG",
        "store.memory.mb | 0 | Value must be at least 1",
        "input.max.bytes | 0 | Value must be at least 1",
        "strict.offer.ids | yes | Expected value to be either true or false",
        "due.grace | 30s | Expected non-negative ISO-8601 duration such as PT4H or PT30S",
        "due.grace | 30000 | Expected non-negative ISO-8601 duration such as PT4H or PT30S",
        "stop.sell.delay | -PT1H | Expected non-negative ISO-8601 duration such as PT4H or PT30S",
        "http.port | 70000 | 'Expected port from 1 to 65535, 0 for any free port, or off'",
        "application.server | here | Expected host:port",
        "application.server | here:99999 | Expected host:port",
        "state.dir | '' | String must be non-empty",
        "bootstrap.servers | '' | String must be non-empty"})
    void anInvalidValueIsRefusedWithWhatIsExpected(String name, String value, String expected) {
        assertThatThrownBy(() -> config(Map.of(name, value))).isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value %s for configuration %s: %s", value, name, expected);
    }

    @ParameterizedTest
    @CsvSource({"limit.listingName, limit.listing-name", "limit.screenshot, limit.screenshots",
        "limits.plans, limit.plans", "notification.local, notification.locale", "stop.sell.dealy, stop.sell.delay",
        "aplication.id, application.id", "stream.threads, num.stream.threads",
        "standby.replicas, num.standby.replicas"})
    void anUnknownNameIsRefusedWithTheClosest(String name, String closest) {
        assertThatThrownBy(() -> config(Map.of(name, "1"))).isInstanceOf(ConfigException.class)
                .hasMessage("there is no setting \"%s\"; did you mean \"%s\"?", name, closest);
    }

    @Test
    void anUnknownNameThatResemblesNoneIsRefusedWithoutAdvice() {
        assertThatThrownBy(() -> config(Map.of("colour", "red"))).isInstanceOf(ConfigException.class)
                .hasMessage("there is no setting \"colour\"");
    }

    @Test
    void aMissingSettingIsNamedWithItsMeaning() {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of("bootstrap.servers", "broker:9092")))
                .isInstanceOf(ConfigException.class).hasMessage("the setting \"schema.registry.url\" is missing: "
                        + "schema registry with Confluent's API; several URLs are replicas of one registry");
    }

    @Test
    void allErrorsAreToldAtOnceWithTheirOrigins() {
        assertThatThrownBy(() -> ServiceConfig.of(new SettingSources(
                Map.of("schema.registry.url", "http://registry:8081", "num.stream.threads", "two", "http.prot", "1",
                        "kafka.processing.guarantee", "at_least_once"),
                Map.of("num.stream.threads", "a.properties, line 3", "http.prot", "--set",
                        "kafka.processing.guarantee", "environment variable OFFERFLOW_KAFKA_PROCESSING_GUARANTEE"))))
                .isInstanceOf(ConfigException.class).hasMessage("--set: there is no setting \"http.prot\"; did you "
                        + "mean \"http.port\"?; environment variable OFFERFLOW_KAFKA_PROCESSING_GUARANTEE: "
                        + "kafka.processing.guarantee cannot be set: an input, its journal entry, its outcome and the "
                        + "new state commit in one transaction; the setting \"bootstrap.servers\" is missing: initial "
                        + "Kafka brokers as host:port, separated by commas; a.properties, line 3: Invalid value two "
                        + "for configuration num.stream.threads: Not a number of type INT");
    }

    @Test
    void valuesMayHaveSpacesAroundThem() {
        ServiceConfig config = config(Map.of("due.grace", " PT5S ", "http.port", " 8080 ", "strict.offer.ids", " TRUE ",
                "application.server", " here:80 "));
        assertThat(config.dueGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.policy().strictOfferIds()).isTrue();
        assertThat(config.http().orElseThrow().advertised()).contains(new HostInfo("here", 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "fr-CA", " de-CH "})
    void publishersAreWrittenInTheLanguageThatIsSet(String tag) {
        assertThat(config(Map.of("notification.locale", tag)).notificationLocale())
                .isEqualTo(Locale.forLanguageTag(tag.strip()));
        assertThat(config(Map.of()).notificationLocale()).isEqualTo(Locale.ENGLISH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "french", "fr_FR", "und", "x-private", "fr-", "xx"})
    void whatIsNoLanguageIsRefused(String tag) {
        assertThatThrownBy(() -> config(Map.of("notification.locale", tag))).isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value %s for configuration notification.locale: Expected BCP 47 language tag "
                        + "such as en, fr or fr-CA", tag);
    }

    @Test
    void theLanguageIsNoRuleAndLeavesThePolicyAsItIs() {
        assertThat(config(Map.of("notification.locale", "fr")).policy()).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void theQueryApiIsOffUnlessAPortIsGiven() {
        assertThat(config(Map.of()).http()).isEmpty();
        assertThat(config(Map.of("http.port", "0")).http())
                .contains(new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void anApiOnEveryInterfaceNeedsAnAddressForOtherInstances() {
        assertThatThrownBy(() -> config(Map.of("http.port", "80", "http.host", "0.0.0.0")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("set application.server to its host:port");
    }

    @Test
    void anOptionalSettingThatIsEmptyIsNotSet() {
        assertThat(config(Map.of("http.port", "0", "http.tokens", " ", "application.server", "")).http())
                .isEqualTo(config(Map.of("http.port", "0")).http());
    }

    @Test
    void thePasswordOfTheRegistryIsASettingThatNothingPrints() {
        ServiceConfig config = config(Map.of("schema.registry.basic.auth.user.info", "user:hidden"));
        assertThat(config.registry().credentials()).contains("user:hidden");
        assertThat(config.registry()).asString().doesNotContain("hidden");
        assertThat(config.summary()).contains("schema.registry.basic.auth.user.info=[hidden]")
                .doesNotContain("user:hidden");
    }

    @ParameterizedTest
    @CsvSource({"schema.registry.url, https://user:secret@registry:8081",
        "schema.registry.url, https://user:secret@registry:8081?x", "schema.registry.url, ftp://user:secret@registry",
        "schema.registry.basic.auth.user.info, secret"})
    void aRefusalDoesNotPrintThePasswordOfTheRegistry(String name, String value) {
        assertThatThrownBy(() -> config(Map.of(name, value))).isInstanceOf(ConfigException.class)
                .hasMessageContaining(name).hasMessageNotContaining("secret");
    }

    @Test
    void theFirstLineOfLogShowsWhatTheServiceStartsWith() {
        assertThat(config(Map.of("limit.plans", "7", "limit.listing-name", "60", "kafka.sasl.jaas.config", "secret",
                "kafka.ssl.key.password", "secret")).summary())
                .startsWith("bootstrap.servers=broker:9092 schema.registry.url=http://registry:8081 "
                        + "application.id=offerflow state.dir=.offerflow/state num.stream.threads=1 ")
                .contains(" limit.listing-name=60 limit.plans=7 policy=p1-")
                .endsWith(" kafka.*=[sasl.jaas.config, ssl.key.password]").doesNotContain("secret");
        assertThat(config(Map.of()).summary()).doesNotContain("limit.", "stop.sell.delay", "kafka.");
    }

    @Test
    void neitherTheConfigurationNorItsSourcesPrintSecrets() {
        Map<String, String> settings = Map.of("kafka.sasl.jaas.config", "secret",
                "schema.registry.basic.auth.user.info", "user:secret");
        assertThat(config(settings)).asString().doesNotContain("secret");
        assertThat(config(settings).values()).asString().doesNotContain("secret");
        assertThat(new SettingSources(settings, Map.of())).asString().contains("sasl.jaas").doesNotContain("secret");
    }

    @Test
    void theManualListsEverySetting() {
        Golden.check("../docs/configuration.md", ConfigurationDocument.text(),
                "A setting changed, or the document was edited by hand: it is made by this test.");
    }

    private static String key(String component) {
        return "limit." + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static ServiceConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrap.servers", "broker:9092", "schema.registry.url",
                "http://registry:8081"));
        all.putAll(settings);
        return ServiceConfig.of(all);
    }
}
