package io.offerflow.domain;

import io.offerflow.domain.model.Command;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Every state of a plan that the rules tell apart (domain.md 5.2), and how plan {@code gold} gets there. */
enum PlanScenarios {
    NONE("not there", () -> OfferScenario.offer().transactableDraft("silver")),
    DRAFT("a draft in an offer that was never published", () -> OfferScenario.offer()
            .transactableDraft("gold", "silver")),
    DRAFT_IN_RUN("a draft in an offer that is being published",
            () -> OfferScenario.offer().transactableDraft("gold", "silver").submitted()),
    DRAFT_IN_PUBLISHED("a new draft in an offer that is live",
            () -> OfferScenario.offer().transactableDraft("silver", "bronze").live()
                    .planned("gold", Contents.plan("Gold"))),
    LIVE("live", PlanScenarios::live),
    LAST_LIVE("live, the only one on sale", () -> OfferScenario.offer().transactableDraft("gold").live()),
    LIVE_IN_RUN("live, while an update is being published",
            () -> live().planned("gold", Contents.change("description", "New.")).submitted()),
    LIVE_AT_SIGN_OFF("live, while an update waits for sign-off",
            () -> live().planned("gold", Contents.change("description", "New.")).submitted().stepsDone()),
    STOP_SELL_PENDING("live, its own stop pending", () -> live().given(stopGold())),
    OFFER_STOP_PENDING("live, the offer's stop pending", () -> live().stopPending()),
    NOT_SOLD("stopped by itself", PlanScenarios::stopped),
    NOT_SOLD_WITH_OFFER("stopped with its offer", () -> live().stopped()),
    DELETED("deleted after its stop", () -> stopped().given(new Command.DeleteDraftPlan("gold", true)));

    private final String words;
    private final Supplier<OfferScenario> given;

    PlanScenarios(String words, Supplier<OfferScenario> given) {
        this.words = words;
        this.given = given;
    }

    String words() {
        return words;
    }

    OfferScenario given() {
        return given.get();
    }

    static Command stopGold() {
        return new Command.StopSellingPlan("gold", Optional.empty(), true);
    }

    private static OfferScenario live() {
        return OfferScenario.offer().transactableDraft("gold", "silver").live();
    }

    private static OfferScenario stopped() {
        return live().given(stopGold()).later(Duration.ofHours(4)).timePassed();
    }
}
