package io.offerflow.domain.rules;

import io.offerflow.domain.model.Command.CreatePlan;
import io.offerflow.domain.model.Command.UpdatePlan;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides about creating, changing and deleting plans: S12–S14, S18. Its evolving half is {@code SectionEvolver}. */
final class PlanRules {

    private final Limits limits;
    private final PlanCompletenessRules rules;

    PlanRules(Policy policy) {
        this.limits = policy.limits();
        this.rules = new PlanCompletenessRules(limits);
    }

    /** The refusal of a change that is not well-formed; plans exist only in one language (S13). */
    Optional<Decision> illFormed(PlanChange change) {
        return change.given().text("language").filter(language -> !language.equals(PlanChange.LANGUAGE))
                .map(language -> Decision.reject(Rule.V11, Reason.LANGUAGE_NOT_SUPPORTED,
                        "Expected a plan in %s, but its language is \"%s\".", PlanChange.LANGUAGE, language))
                .or(() -> rules.formatError(change).map(wrong -> Decision.reject(wrong.rule(), Reason.MALFORMED,
                        "Expected a well-formed plan, but %s.", wrong.met())));
    }

    /** The refusal of a plan whose id is in use, or was used by a plan that was on sale. */
    Optional<Decision> idInUse(OfferState offer, CreatePlan create) {
        boolean inDraft = offer.hasPlan(create.planId());
        return inDraft || offer.sales().plans().containsKey(create.planId())
                ? Optional.of(Decision.reject(inDraft ? Rule.P1 : Rule.B14, Reason.PLAN_EXISTS,
                        "Expected to create plan \"%s\", but offer %s has, or had on sale, one of this id. Choose "
                                + "another plan id.", create.planId(), offer.key())) : Optional.empty();
    }

    /** The refusal of a plan beyond the limits of the offer. */
    Optional<Decision> limitReached(OfferState offer, CreatePlan create) {
        Collection<PlanSummary> plans = offer.plans().plans().values();
        if (plans.size() >= limits.plans()) {
            return Optional.of(Decision.reject(Rule.V12, Reason.PLAN_LIMIT,
                    "Expected at most %d plans, but offer %s has them already.", limits.plans(), offer.key()));
        }
        boolean hidden = create.plan().given().text("visibility").equals(Optional.of("PRIVATE"));
        return hidden && countPrivate(plans) >= limits.privatePlans()
                ? Optional.of(Decision.reject(Rule.B35, Reason.PLAN_LIMIT,
                        "Expected at most %d private plans, but offer %s has them already.", limits.privatePlans(),
                        offer.key())) : Optional.empty();
    }

    Decision create(OfferState offer, CreatePlan create) {
        return save(Rule.P1, offer, create.planId(), create.plan(), Optional.empty());
    }

    Decision update(OfferState offer, UpdatePlan update) {
        return save(Rule.P2, offer, update.planId(), update.changes(), update.relist());
    }

    /** A change that changes nothing is accepted without an event; a relist mark is a change (B7, B74). */
    private Decision save(Rule rule, OfferState offer, String planId, PlanChange change, Optional<Boolean> relist) {
        PlanOverviewRow plans = offer.plans();
        Value.Struct before = offer.plan(planId, plans);
        Value.Struct after = change.applyTo(before);
        boolean known = plans.plans().containsKey(planId);
        RelistIntent mark = mark(offer, planId, relist);
        if (known && after.equals(before) && mark == plans.plans().get(planId).relist()) {
            return Decision.accept(Rule.B42);
        }
        List<Problem> own = rules.problems(planId, after, published(offer, planId), hasAudience(offer, planId));
        Map<String, PlanSummary> then = new TreeMap<>(plans.plans());
        then.put(planId, new PlanSummary(0, 0, after.text("name"), after.text("pricingModel"),
                after.text("visibility").equals(Optional.of("PRIVATE")), mark, own));
        return Decision.accept(rule, new Event.PlanSaved(planId, offer.header().revision() + 1, change, mark, own,
                together(then)));
    }

    /**
     * D39, B7, B8: a save of a plan that is not sold requests to sell it again, unless the command states otherwise.
     */
    private static RelistIntent mark(OfferState offer, String planId, Optional<Boolean> relist) {
        if (offer.planState(planId) != PlanState.NOT_SOLD) {
            return RelistIntent.NONE;
        }
        boolean stoppedByItself = !offer.sales().plans().get(planId).sold();
        return relist.orElse(true) ? RelistIntent.MARKED : stoppedByItself ? RelistIntent.NONE : RelistIntent.OPTED_OUT;
    }

    Decision delete(OfferState offer, String planId) {
        Map<String, PlanSummary> left = new TreeMap<>(offer.plans().plans());
        left.remove(planId);
        Rule rule = offer.planState(planId) == PlanState.NOT_SOLD ? Rule.P8
                : offer.header().everLive() ? Rule.D3 : Rule.P5;
        return Decision.accept(rule, new Event.PlanDeleted(planId, offer.header().revision() + 1, together(left)));
    }

    /** Assesses the plans that were edited during the run again once it is live. */
    List<Event> assessAgainst(OfferState live) {
        List<Event> events = new ArrayList<>();
        PlanOverviewRow published = live.livePlans();
        live.plans().plans().forEach((planId, plan) -> {
            PlanSummary sold = published.plans().get(planId);
            if (sold != null && sold.revision() != plan.revision()) {
                assess(live, planId).ifPresent(events::add);
            }
        });
        return events;
    }

    /**
     * Assesses an unchanged plan again after its audience or the live version has changed; empty if nothing differs.
     */
    Optional<Event> assess(OfferState offer, String planId) {
        List<Problem> problems = rules.problems(planId, offer.plan(planId, offer.plans()), published(offer, planId),
                hasAudience(offer, planId));
        return problems.equals(offer.plans().plans().get(planId).problems()) ? Optional.empty()
                : Optional.of(new Event.PlanAssessed(planId, problems));
    }

    private static boolean hasAudience(OfferState offer, String planId) {
        return offer.savedAudience(planId).isPresent();
    }

    /** D4, B53: advice for a new plan that blocks a published offer: it cannot be deleted unless the switch is set. */
    String hintAtNewPlan(OfferState offer) {
        if (!offer.header().everLive() || !offer.header().needs(SectionId.PLAN_OVERVIEW)) {
            return "";
        }
        PlanOverviewRow live = offer.livePlans();
        return offer.plans().plans().entrySet().stream()
                .filter(plan -> !plan.getValue().problems().isEmpty() && !live.plans().containsKey(plan.getKey()))
                .findFirst()
                .map(plan -> RootLocaleText.format(" Plan \"%s\" is new and incomplete: complete it, or have the "
                        + "operator set delete.new.plan.of.published.offer and delete it.", plan.getKey())).orElse("");
    }

    private static Optional<Value.Struct> published(OfferState offer, String planId) {
        PlanOverviewRow live = offer.livePlans();
        return live.plans().containsKey(planId) ? Optional.of(offer.plan(planId, live)) : Optional.empty();
    }

    /** The problems of all plans together: V10, V12, V14, B4, B54. */
    private List<Problem> together(Map<String, PlanSummary> plans) {
        List<Problem> problems = new ArrayList<>();
        if (plans.isEmpty()) {
            problems.add(problem("plans", "at least one plan that would be on sale (NO_PLAN_WOULD_BE_ON_SALE)",
                    "none"));
        }
        if (countPrivate(plans.values()) > limits.privatePlans()) {
            problems.add(problem("plans", RootLocaleText.format("at most %d private plans", limits.privatePlans()),
                    Long.toString(countPrivate(plans.values()))));
        }
        Map<String, List<String>> models = new TreeMap<>();
        Map<String, List<String>> names = new TreeMap<>();
        plans.forEach((planId, plan) -> {
            plan.pricingModel().ifPresent(model -> models.computeIfAbsent(model, m -> new ArrayList<>()).add(planId));
            plan.name().ifPresent(name -> names.computeIfAbsent(name, n -> new ArrayList<>()).add(planId));
        });
        if (models.size() > 1) {
            problems.add(problem("plans", "one pricing model for all plans", models.entrySet().stream()
                    .map(model -> RootLocaleText.format("%s for %s", model.getKey(), some(model.getValue())))
                    .collect(Collectors.joining(", "))));
        }
        names.forEach((name, same) -> {
            if (same.size() > 1 && problems.size() < 20) {
                problems.add(problem("plans", "a name of its own for each plan",
                        RootLocaleText.format("\"%s\" for %s", name, some(same))));
            }
        });
        return problems;
    }

    private static String some(List<String> planIds) {
        return planIds.stream().limit(3).collect(Collectors.joining(" and ")) + (planIds.size() > 3 ? " and more" : "");
    }

    private static long countPrivate(Collection<PlanSummary> plans) {
        return plans.stream().filter(PlanSummary::isPrivate).count();
    }

    private static Problem problem(String path, String expected, String met) {
        return new Problem(SectionId.PLAN_OVERVIEW, path, expected, met);
    }
}
