package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy in the journal has the names and values that operators set. */
class PolicySettingsTest {

    @Test
    void everyRuleSettingHasItsNameAndDefaultInTheConfiguration() {
        Map<String, String> defaults = new HashMap<>();
        PolicySettings.DEFINITIONS.forEach(rule -> defaults.put(rule.name(),
                ServiceConfigDef.CONFIG.defaultValues().get(rule.name()).toString()));
        assertThat(defaults).isEqualTo(PolicySettings.of(Policy.DEFAULT));
    }

    /** Journals hold the id and the names: another one for the same values would be another policy. */
    @Test
    void theIdAndTheNamesOfTheDefaultPolicyStayTheSame() {
        assertThat(Policy.DEFAULT.id()).isEqualTo("p1-27c3a6b87f86801d");
        assertThat(PolicySettings.of(Policy.DEFAULT)).hasSize(37).contains(Map.entry("stop.sell.delay", "PT4H"),
                Map.entry("audience.sync.delay", "PT0S"), Map.entry("reject.submit.without.changes", "true"),
                Map.entry("strict.offer.ids", "false"), Map.entry("delete.new.plan.of.published.offer", "false"),
                Map.entry("redownload.after.stop", "true"), Map.entry("price.change.scheduling", "false"),
                Map.entry("limit.alias", "120"), Map.entry("limit.listing-name", "50"),
                Map.entry("limit.testers-by-hand", "10"), Map.entry("limit.metered-dimensions", "30"));
    }

    @Test
    void whatIsSetIsThereAfterItWasWrittenAndRead() {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092",
                "schema.registry.url", "http://localhost:8081", "stop.sell.delay", "PT90S",
                "strict.offer.ids", "true", "limit.listing-name", "61"));
        Policy policy = ServiceConfig.of(settings).policy();
        assertThat(PolicySettings.policy(PolicySettings.of(policy))).isEqualTo(policy).isNotEqualTo(Policy.DEFAULT);
    }

    @Test
    void aSettingOfANewerReleaseIsRefusedByName() {
        assertThatThrownBy(() -> PolicySettings.policy(Map.of("limit.dreams", "3")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("limit.dreams");
    }

    @Test
    void aValueThatIsNotOfItsKindIsRefusedByNameAndValue() {
        assertThatThrownBy(() -> PolicySettings.policy(Map.of("stop.sell.delay", "soon")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("stop.sell.delay")
                .hasMessageContaining("soon");
    }
}
