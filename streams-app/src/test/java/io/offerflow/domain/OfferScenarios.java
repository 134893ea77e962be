package io.offerflow.domain;

import java.util.function.Supplier;

/** Every state that the rules tell apart, and how an offer gets there. */
enum OfferScenarios {
    NONE("never created", OfferScenario::offer),
    DRAFT("a draft, complete", () -> OfferScenario.offer().completeDraft()),
    DRAFT_INCOMPLETE("a draft with sections missing", () -> OfferScenario.offer().draft()),
    PIP_PRE("first publish, before sign-off", () -> OfferScenario.offer().completeDraft().submitted()),
    PIP_SIGNOFF("first publish, waiting for sign-off",
            () -> OfferScenario.offer().completeDraft().submitted().stepsDone()),
    PIP_LIVE("first publish, signed off",
            () -> OfferScenario.offer().completeDraft().submitted().stepsDone().signedOff()),
    ATTENTION("first publish failed", () -> OfferScenario.offer().completeDraft().submitted().failed()),
    LIVE("live, nothing changed", () -> OfferScenario.offer().live()),
    LIVE_EDITED("live, draft edited", OfferScenarios::edited),
    LIVE_PIP_PRE("live, update before sign-off", () -> edited().submitted()),
    LIVE_SIGNOFF("live, update waiting for sign-off", () -> edited().submitted().stepsDone()),
    LIVE_PIP_LIVE("live, update signed off", () -> edited().submitted().stepsDone().signedOff()),
    LIVE_ATTENTION("live, update failed", () -> edited().submitted().failed()),
    STOP_PENDING("live, stop of selling pending", () -> OfferScenario.offer().live().stopPending()),
    NOT_SOLD("selling stopped", () -> OfferScenario.offer().live().stopped()),
    NOT_SOLD_PIP_PRE("selling stopped, relisting before sign-off",
            () -> OfferScenario.offer().live().stopped().submitted()),
    NOT_SOLD_ATTENTION("selling stopped, relisting failed",
            () -> OfferScenario.offer().live().stopped().submitted().failed()),
    DELETED("deleted, never live", () -> OfferScenario.offer().completeDraft().deleted()),
    DELETED_SOLD("deleted after selling stopped", () -> OfferScenario.offer().live().stopped().deleted());

    private final String words;
    private final Supplier<OfferScenario> given;

    OfferScenarios(String words, Supplier<OfferScenario> given) {
        this.words = words;
        this.given = given;
    }

    String words() {
        return words;
    }

    OfferScenario given() {
        return given.get();
    }

    private static OfferScenario edited() {
        return OfferScenario.offer().live().saved(Contents.with(Contents.listing(), "name", "Shift Planner 2"));
    }
}
