package io.offerflow.query;

import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.group;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.avro.ScheduledChange;
import io.offerflow.domain.AudienceCommands;
import io.offerflow.domain.AudienceRulesTest;
import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.Policy;
import io.offerflow.topology.outputs.OfferStatusProjection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is pending for an offer. */
class OfferJsonTest {

    private static final Instant DAY = Instant.parse("2026-12-01T00:00:00Z");

    /** Prices that change with notice (D23). */
    private final OfferScenario changed = offer(new Policy(Duration.ofHours(4), Duration.ZERO, true, false, false, true,
            true, Limits.DEFAULT)).transactableDraft("gold", "silver").live().planned("gold",
                    change("terms", List.of(group("term", "MONTHLY", "price", "39.00")))).live();

    @Test
    void aChangeOfPricesIsPendingUntilItsDay() {
        JsonNode pending = OfferJson.of(changed.state(), DAY.minusSeconds(1)).path("pending");
        assertThat(pending).hasSize(1);
        assertThat(pending.get(0)).hasToString("{\"what\":\"PRICES_CHANGE\",\"planId\":\"gold\",\"step\":null,"
                + "\"since\":null,\"at\":\"2026-12-01T00:00:00.000Z\",\"certain\":true,\"overdue\":false}");
        assertThat(OfferJson.of(changed.state(), DAY).path("pending")).isEmpty();
    }

    @Test
    void stopsAndSyncsArePendingTheNextOneFirst() {
        Policy slow = new Policy(Duration.ofHours(4), Duration.ofHours(2), true, false, false, true, false,
                Limits.DEFAULT);
        OfferScenario offer = offer(slow).transactableDraft("silver").planned("gold", AudienceRulesTest.hidden("Gold"))
                .given(AudienceCommands.add("gold", 1)).live().given(AudienceCommands.add("gold", 2));
        Instant asked = offer.facts().clock();
        offer.given(new Command.StopSellingPlan("silver", Optional.empty(), true)).given(AudienceCommands.sync("gold"));
        JsonNode pending = OfferJson.of(offer.state(), asked).path("pending");
        assertThat(pending.findValuesAsText("what")).containsExactly("AUDIENCE_SYNCS", "PLAN_SELLING_STOPS");
        assertThat(pending.findValuesAsText("planId")).containsExactly("gold", "silver");
        assertThat(OfferStatusProjection.row(offer.state()).getScheduled()).extracting(ScheduledChange::getAt)
                .isSorted().hasSize(2);
    }
}
