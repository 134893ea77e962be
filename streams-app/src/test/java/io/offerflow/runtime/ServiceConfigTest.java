package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Golden;
import io.offerflow.domain.Limits;
import io.offerflow.domain.Policy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

    @Test
    void theNamesOfTheLimitsAreThoseOfTheRecordInDashes() {
        assertThat(LimitSettings.KEYS).extracting(ServiceConfig.Key::name)
                .contains("limit.alias", "limit.listing-name", "limit.testers-by-hand", "limit.metered-dimensions")
                .hasSize(Limits.class.getRecordComponents().length).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "many", "1.5", "1e3", "2147483648", "10,000"})
    void aLimitIsAPositiveWholeNumber(String value) {
        assertThatThrownBy(() -> config(Map.of("limit.listing-name", value))).isInstanceOf(ConfigException.class)
                .hasMessage("the setting \"limit.listing-name\" is \"%s\", expected a whole number from 1 to 2147483647"
                        .formatted(value));
    }

    @ParameterizedTest
    @CsvSource({"limit.listingName, limit.listing-name", "limit.screenshot, limit.screenshots",
        "limits.plans, limit.plans", "notification.local, notification.locale", "stop.sell.dealy, stop.sell.delay"})
    void anUnknownNameIsRefusedWithTheClosest(String name, String closest) {
        assertThatThrownBy(() -> config(Map.of(name, "1"))).isInstanceOf(ConfigException.class)
                .hasMessage("there is no setting \"%s\"; did you mean \"%s\"?".formatted(name, closest));
    }

    @Test
    void aSettingThatIsRequiredIsMissedWithItsMeaning() {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of("bootstrap.servers", "broker:9092")))
                .isInstanceOf(ConfigException.class).hasMessage("the setting \"schema.registry.url\" is missing: "
                        + "schema registry that speaks Confluent's API");
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
                .hasMessage("the setting \"notification.locale\" is \"%s\", expected a language tag such as en, fr or "
                        + "fr-CA", tag);
    }

    @Test
    void theLanguageIsNoRuleAndLeavesThePolicyAsItIs() {
        assertThat(config(Map.of("notification.locale", "fr")).policy()).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void theFirstLineOfLogShowsWhatWasChangedAndNoSecret() {
        assertThat(config(Map.of("limit.plans", "7", "limit.listing-name", "60", "kafka.sasl.jaas.config", "hidden",
                "schema.registry.url", "https://user:hidden@registry:8081")).summary())
                .contains("limit.*=[listing-name=60, plans=7]", "kafka.*=[sasl.jaas.config]", "//***@registry")
                .doesNotContain("hidden");
        assertThat(config(Map.of()).summary()).doesNotContain("limit.", "kafka.");
    }

    @Test
    void theManualListsEverySetting() {
        Golden.check("../docs/configuration.md", ConfigurationDocument.text(),
                "A setting changed, or the document was edited by hand: it is made by this test.");
    }

    private static String key(String component) {
        return LimitSettings.KEYS.get(components().toList().indexOf(component)).name();
    }

    private static ServiceConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("bootstrap.servers", "broker:9092", "schema.registry.url",
                "http://registry:8081"));
        all.putAll(settings);
        return ServiceConfig.of(all);
    }
}
