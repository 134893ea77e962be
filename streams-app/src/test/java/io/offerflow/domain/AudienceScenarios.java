package io.offerflow.domain;

import static io.offerflow.domain.AudienceCommands.add;
import static io.offerflow.domain.AudienceCommands.chunk;
import static io.offerflow.domain.AudienceCommands.sync;
import static io.offerflow.domain.AudienceRulesTest.hidden;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Policy;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Every state of a private audience that the rules tell apart (domain.md 5.3), and how plan {@code gold} gets there.
 * The published audience holds customers 1 and 2; where it is changed, 3 was added since.
 */
enum AudienceScenarios {
    NO_PLAN("of a plan that is not there", () -> OfferScenario.offer().transactableDraft("silver")),
    PUBLIC("of a plan for everybody", () -> OfferScenario.offer().transactableDraft("gold", "silver").live()),
    EMPTY("empty, of a draft plan",
            () -> OfferScenario.offer().transactableDraft("silver").planned("gold", hidden("Gold"))),
    DRAFT("of a draft plan", AudienceScenarios::draft),
    DRAFT_IN_RUN("of a draft plan that is being published", () -> draft().submitted()),
    IN_SYNC("in sync", AudienceScenarios::live),
    ONE_LEFT("in sync, with one left in it", AudienceRulesTest::live),
    IMPORTING("in sync, while an import is open", () -> live().given(chunk("gold", 1, 0, 2, 2, 4))),
    CHANGED("changed", AudienceScenarios::changed),
    CHANGED_TYPE("changed to a type of ids that was never published", () -> OfferScenario.offer()
            .transactableDraft(OfferType.VIRTUAL_MACHINE, "silver").planned("gold", hidden("Gold"))
            .given(add("gold", 1)).given(add("gold", 2)).live().given(add("gold", 3, "SUBSCRIPTION"))),
    CHANGED_TURNED_PUBLIC("changed, of a plan that the draft turns public",
            () -> changed().planned("gold", Contents.change("visibility", "PUBLIC"))),
    CHANGED_IN_RUN("changed, while an update is being published", () -> live().submittedUpdate().given(add("gold", 3))),
    CHANGED_AT_SIGN_OFF("changed, while an update waits for sign-off",
            () -> live().submittedUpdate().stepsDone().given(add("gold", 3))),
    CHANGED_STOP_PENDING("changed, the plan's stop pending", () -> changed().given(PlanScenarios.stopGold())),
    CHANGED_OFFER_STOP_PENDING("changed, the offer's stop pending", () -> changed().stopPending()),
    SYNCING("being synced", () -> delayed().given(sync())),
    SYNCING_EDITED("being synced, and changed since", () -> delayed().given(sync()).given(add("gold", 4))),
    FAILED("whose last sync failed", () -> delayed().given(PlanScenarios.stopGold()).later(Duration.ofMinutes(239))
            .given(sync()).later(Duration.ofHours(1)).timePassed()),
    NOT_SOLD("changed, of a plan that is stopped",
            () -> changed().given(PlanScenarios.stopGold()).later(Duration.ofHours(4)).timePassed()),
    NOT_SOLD_WITH_OFFER("changed, of a plan that is stopped with its offer", () -> changed().stopped()),
    DELETED("of a plan that is deleted after its stop", () -> changed().given(PlanScenarios.stopGold())
            .later(Duration.ofHours(4)).timePassed().given(new Command.DeleteDraftPlan("gold", true)));

    private final String words;
    private final Supplier<OfferScenario> given;

    AudienceScenarios(String words, Supplier<OfferScenario> given) {
        this.words = words;
        this.given = given;
    }

    String words() {
        return words;
    }

    OfferScenario given() {
        return given.get();
    }

    private static OfferScenario draft() {
        return draft(Policy.DEFAULT);
    }

    private static OfferScenario draft(Policy policy) {
        return OfferScenario.offer(policy).transactableDraft("silver").planned("gold", hidden("Gold"))
                .given(add("gold", 1)).given(add("gold", 2));
    }

    /** Changed, where syncs take their time. */
    private static OfferScenario delayed() {
        return draft(AudienceSyncDelayTest.DELAYED).live().given(add("gold", 3));
    }

    private static OfferScenario live() {
        return draft().live();
    }

    private static OfferScenario changed() {
        return live().given(add("gold", 3));
    }
}
