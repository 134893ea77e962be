package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O1, O2 and P1–P8: what a publisher writes. */
final class ModelDrafts {

    private ModelDrafts() {
    }

    static Verdict create(ModelState state, Command.CreateOffer create, String offerId, ModelPolicy policy) {
        if (state.exists || state.everLive) {
            return Verdict.no(Reason.OFFER_EXISTS); // O1, D37
        }
        String form = policy.strictOfferIds() ? "[a-z0-9][a-z0-9_-]{2,49}" : "[a-z0-9_-]{1,50}";
        if (!offerId.matches(form)) {
            return Verdict.no(Reason.INVALID_ID); // V1, B52
        }
        state.exists = true;
        state.draftVersion++;
        state.type = OfferType.valueOf(create.offerType());
        return Verdict.OK;
    }

    static Verdict save(ModelState state, Command.SaveSection save) {
        Optional<SectionId> section = Arrays.stream(SectionId.values())
                .filter(known -> known.name().equals(save.section())).findFirst();
        if (section.isEmpty()) {
            return Verdict.no(Reason.UNKNOWN_SECTION);
        }
        Value.Struct fields = save.content().orElseThrow().fields();
        boolean wayUnknown = fields.text("callToAction").filter("BUY_IT_NOW"::equals).isPresent();
        boolean secret = fields.text("appKeyReference").filter(key -> !key.contains("://")).isPresent(); // B66
        if (wayUnknown || secret || save.content().orElseThrow().section() != section.get()) {
            return Verdict.no(Reason.MALFORMED);
        }
        Value.Struct before = state.sections.put(section.get(), fields); // B25: replaced as a whole
        state.draftVersion += fields.equals(before) ? 0 : 1; // B42
        return Verdict.OK;
    }

    static Verdict createPlan(ModelState state, Command.CreatePlan create, ModelPolicy policy) {
        if (!create.planId().matches("[a-z0-9_-]{1,50}")) {
            return Verdict.no(Reason.INVALID_ID); // V2
        }
        Optional<Verdict> illFormed = illFormed(create.plan());
        if (illFormed.isPresent()) {
            return illFormed.get();
        }
        if (state.plans.containsKey(create.planId()) || state.stoppedAlone.containsKey(create.planId())) {
            return Verdict.no(Reason.PLAN_EXISTS); // P1, B14
        }
        ModelState.Plan plan = new ModelState.Plan();
        plan.content = inEnglish(changed(Value.EMPTY, create.plan()));
        long hidden = state.plans.values().stream().filter(ModelState.Plan::isPrivate).count();
        if (state.plans.size() >= policy.plans() || plan.isPrivate() && hidden >= policy.privatePlans()) {
            return Verdict.no(Reason.PLAN_LIMIT); // V12, B35
        }
        state.plans.put(create.planId(), plan);
        state.plansBegun = true;
        state.draftVersion++;
        return Verdict.OK;
    }

    static Verdict updatePlan(ModelState state, Command.UpdatePlan update) {
        ModelState.Plan plan = state.plans.get(update.planId());
        if (plan == null) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        Optional<Verdict> illFormed = illFormed(update.changes());
        if (illFormed.isPresent()) {
            return illFormed.get();
        }
        Value.Struct after = inEnglish(changed(plan.content, update.changes()));
        Optional<ModelState.Mark> mark = mark(state, update);
        boolean marked = !mark.map(made -> made.relist).equals(plan.mark.map(made -> made.relist));
        if (marked || !after.equals(plan.content)) {
            plan.content = after;
            plan.mark = mark;
            state.draftVersion++;
        }
        return Verdict.OK;
    }

    /** D39, B7, B8: a save of a plan that is not sold says whether the next publish sells it again. */
    private static Optional<ModelState.Mark> mark(ModelState state, Command.UpdatePlan update) {
        if (state.planState(update.planId()) != PlanState.NOT_SOLD) {
            return Optional.empty(); // the last save wins, and this one names a plan that is sold or new
        }
        boolean relist = update.relist().orElse(true);
        boolean stoppedAlone = state.stoppedAlone.get(update.planId());
        return relist || !stoppedAlone ? Optional.of(new ModelState.Mark(relist)) : Optional.empty();
    }

    static Verdict deletePlan(ModelState state, Command.DeleteDraftPlan delete, ModelPolicy policy) {
        if (!state.plans.containsKey(delete.planId())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (state.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // P16
        }
        PlanState current = state.planState(delete.planId());
        if (current == PlanState.LIVE || current == PlanState.STOP_SELL_PENDING) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // P7, B29
        }
        if (current == PlanState.DRAFT && state.everLive && !policy.deleteNewPlanOfPublishedOffer()) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // P6, D3
        }
        if (!delete.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        state.plans.remove(delete.planId()); // P5
        if (current == PlanState.NOT_SOLD) {
            state.live.ifPresent(live -> live.plans.remove(delete.planId())); // P8: no change (B11)
        }
        state.draftVersion++;
        return Verdict.OK;
    }

    /** S13, V3 and names out of closed lists. */
    private static Optional<Verdict> illFormed(PlanChange change) {
        boolean language = change.given().text("language").filter(named -> !named.equals("en-US")).isPresent();
        boolean model = change.given().text("pricingModel").filter("FLATRATE"::equals).isPresent();
        return language ? Optional.of(Verdict.no(Reason.LANGUAGE_NOT_SUPPORTED)) : model
                ? Optional.of(Verdict.no(Reason.MALFORMED)) : Optional.empty();
    }

    /** B69: a plan that names no language is in English. */
    private static Value.Struct inEnglish(Value.Struct plan) {
        Map<String, Value> fields = new TreeMap<>(plan.fields());
        fields.putIfAbsent("language", new Value.Text("en-US"));
        return new Value.Struct(fields);
    }

    /** B25: the fields given are changed, those named are cleared, all others stay. */
    private static Value.Struct changed(Value.Struct before, PlanChange change) {
        Map<String, Value> fields = new TreeMap<>(before.fields());
        for (String name : change.clear()) {
            fields.remove(name);
        }
        fields.putAll(change.given().fields());
        return new Value.Struct(fields);
    }
}
