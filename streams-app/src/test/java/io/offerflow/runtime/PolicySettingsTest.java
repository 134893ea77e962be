package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.domain.Policy;
import io.offerflow.domain.PolicySettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy in the journal has the names and values that operators set. */
class PolicySettingsTest {

    @Test
    void everyRuleSettingHasItsNameAndDefaultInTheConfiguration() {
        Map<String, String> keys = new HashMap<>();
        ServiceConfig.KEYS.forEach(key -> key.fallback().ifPresent(value -> keys.put(key.name(), value)));
        assertThat(keys).containsAllEntriesOf(PolicySettings.of(Policy.DEFAULT));
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
