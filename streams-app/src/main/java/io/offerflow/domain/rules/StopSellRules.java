package io.offerflow.domain.rules;

import static io.offerflow.domain.model.Decision.reject;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about stops of selling an offer or a plan: S24–S26. Its evolving half is {@code SaleEvolver}. */
final class StopSellRules {

    private final Policy policy;

    StopSellRules(Policy policy) {
        this.policy = policy;
    }

    /**
     * Stops after the delay, or later if requested (B46); a submission at sign-off is withdrawn without a message
     * (B47).
     */
    Decision offer(OfferState offer, Command.StopSellingOffer stop, Instant now) {
        List<Event> events = new ArrayList<>();
        offer.header().activeRun().ifPresent(run -> events.add(new Event.SubmissionWithdrawn(run.submission())));
        events.add(new Event.SellingStopRequested(effectiveAt(stop.notBefore(), now)));
        return Decision.accept(offer.header().activeRun().isPresent() ? Rule.O31 : Rule.O25, events);
    }

    /** Stops a plan after the delay, without a publish (D8). */
    Decision plan(Command.StopSellingPlan stop, Instant now) {
        return Decision.accept(Rule.P9,
                new Event.PlanSellingStopRequested(stop.planId(), effectiveAt(stop.notBefore(), now)));
    }

    /** The refusal of a stop of the last plan on sale (S25). */
    Optional<Decision> lastOnSale(OfferState offer, String planId) {
        return isLast(offer, planId) ? Optional.of(reject(Rule.P9, Reason.LAST_PLAN,
                "Expected another plan to stay on sale, but \"%s\" is the last one. Stop selling the offer instead.",
                planId))
                : Optional.empty();
    }

    /** D7: whether no other plan stays on sale. */
    private static boolean isLast(OfferState offer, String planId) {
        return offer.sales().plans().keySet().stream()
                .noneMatch(other -> !other.equals(planId) && offer.planState(other) == PlanState.LIVE);
    }

    /** The refusal of a stop of a plan that is not on sale, or has a pending stop. */
    Optional<Decision> unstoppable(OfferState offer, String planId) {
        return switch (offer.planState(planId)) {
            case DRAFT -> Optional.of(reject(Rule.P11, Reason.NEVER_PUBLISHED,
                    "Expected a plan that was published, but \"%s\" never was. Delete it instead.", planId));
            case NOT_SOLD -> Optional.of(reject(Rule.P12, Reason.ALREADY_STOPPED,
                    "Expected plan \"%s\" to be on sale, but selling has stopped already.", planId));
            case STOP_SELL_PENDING -> Optional.of(reject(Rule.P12, Reason.STOP_SELL_PENDING,
                    "Expected to stop selling plan \"%s\", but it is going to stop at %s already.", planId,
                    offer.header().planStops().get(planId)));
            case LIVE -> offer.header().stopPending() ? Optional.of(reject(Rule.B10, Reason.STOP_SELL_PENDING,
                    "Expected to stop selling plan \"%s\", but the whole offer is going to stop at %s.", planId,
                    offer.header().stop().orElseThrow().effectiveAt())) : Optional.empty();
        };
    }

    private Instant effectiveAt(Optional<Instant> notBefore, Instant now) {
        Instant soonest = now.plus(policy.stopSellDelay());
        return notBefore.filter(later -> later.isAfter(soonest)).orElse(soonest);
    }
}
