package io.offerflow.simulation.paper;

import io.offerflow.domain.Command;
import io.offerflow.domain.OfferType;
import io.offerflow.domain.PlanState;
import io.offerflow.domain.Reason;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.content.PlanChange;
import io.offerflow.domain.content.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O1, O2 and P1–P8: what a publisher writes. */
final class PaperDrafts {

    private PaperDrafts() {
    }

    static Verdict create(Sheet sheet, Command.CreateOffer create, String offerId, PaperPolicy policy) {
        if (sheet.exists || sheet.everLive) {
            return Verdict.no(Reason.OFFER_EXISTS); // O1, D37
        }
        String form = policy.strictOfferIds() ? "[a-z0-9][a-z0-9_-]{2,49}" : "[a-z0-9_-]{1,50}";
        if (!offerId.matches(form)) {
            return Verdict.no(Reason.INVALID_ID); // V1, B52
        }
        sheet.exists = true;
        sheet.draftVersion++;
        sheet.type = OfferType.valueOf(create.offerType());
        return Verdict.OK;
    }

    static Verdict save(Sheet sheet, Command.SaveSection save) {
        Optional<SectionId> section = Arrays.stream(SectionId.values())
                .filter(known -> known.name().equals(save.section())).findFirst();
        if (section.isEmpty()) {
            return Verdict.no(Reason.UNKNOWN_SECTION);
        }
        Value.Group fields = save.content().orElseThrow().fields();
        boolean wayUnknown = fields.text("callToAction").filter("BUY_IT_NOW"::equals).isPresent();
        boolean secret = fields.text("appKeyReference").filter(key -> !key.contains("://")).isPresent(); // B66
        if (wayUnknown || secret || save.content().orElseThrow().section() != section.get()) {
            return Verdict.no(Reason.MALFORMED);
        }
        Value.Group before = sheet.sections.put(section.get(), fields); // B25: replaced as a whole
        sheet.draftVersion += fields.equals(before) ? 0 : 1; // B42
        return Verdict.OK;
    }

    static Verdict createPlan(Sheet sheet, Command.CreatePlan create, PaperPolicy policy) {
        if (!create.planId().matches("[a-z0-9_-]{1,50}")) {
            return Verdict.no(Reason.INVALID_ID); // V2
        }
        Optional<Verdict> illFormed = illFormed(create.plan());
        if (illFormed.isPresent()) {
            return illFormed.get();
        }
        if (sheet.plans.containsKey(create.planId()) || sheet.stoppedAlone.containsKey(create.planId())) {
            return Verdict.no(Reason.PLAN_EXISTS); // P1, B14
        }
        Sheet.Plan plan = new Sheet.Plan();
        plan.content = changed(Value.EMPTY, create.plan());
        long hidden = sheet.plans.values().stream().filter(Sheet.Plan::isPrivate).count();
        if (sheet.plans.size() >= policy.plans() || plan.isPrivate() && hidden >= policy.privatePlans()) {
            return Verdict.no(Reason.PLAN_LIMIT); // V12, B35
        }
        sheet.plans.put(create.planId(), plan);
        sheet.plansBegun = true;
        sheet.draftVersion++;
        return Verdict.OK;
    }

    static Verdict updatePlan(Sheet sheet, Command.UpdatePlan update) {
        Sheet.Plan plan = sheet.plans.get(update.planId());
        if (plan == null) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        Optional<Verdict> illFormed = illFormed(update.changes());
        if (illFormed.isPresent()) {
            return illFormed.get();
        }
        Value.Group after = changed(plan.content, update.changes());
        Optional<Sheet.Mark> mark = mark(sheet, update);
        boolean marked = !mark.map(made -> made.relist).equals(plan.mark.map(made -> made.relist));
        if (marked || !after.equals(plan.content)) {
            plan.content = after;
            plan.mark = mark;
            sheet.draftVersion++;
        }
        return Verdict.OK;
    }

    /** D39, B7, B8: a save of a plan that is not sold says whether the next publish sells it again. */
    private static Optional<Sheet.Mark> mark(Sheet sheet, Command.UpdatePlan update) {
        if (sheet.planState(update.planId()) != PlanState.NOT_SOLD) {
            return Optional.empty(); // the last save wins, and this one speaks of a plan that is sold, or new
        }
        boolean relist = update.relist().orElse(true);
        boolean stoppedAlone = sheet.stoppedAlone.get(update.planId());
        return relist || !stoppedAlone ? Optional.of(new Sheet.Mark(relist)) : Optional.empty();
    }

    static Verdict deletePlan(Sheet sheet, Command.DeleteDraftPlan delete, PaperPolicy policy) {
        if (!sheet.plans.containsKey(delete.planId())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (sheet.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // P16
        }
        PlanState state = sheet.planState(delete.planId());
        if (state == PlanState.LIVE || state == PlanState.STOP_SELL_PENDING) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // P7, B29
        }
        if (state == PlanState.DRAFT && sheet.everLive && !policy.deleteNewPlanOfPublishedOffer()) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // P6, D3
        }
        if (!delete.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        sheet.plans.remove(delete.planId()); // P5
        if (state == PlanState.NOT_SOLD) {
            sheet.live.ifPresent(live -> live.plans.remove(delete.planId())); // P8: no change against what is live (B11)
        }
        sheet.draftVersion++;
        return Verdict.OK;
    }

    /** S13, V3 and names out of closed lists. */
    private static Optional<Verdict> illFormed(PlanChange change) {
        boolean language = change.given().text("language").filter(named -> !named.equals("en-US")).isPresent();
        boolean model = change.given().text("pricingModel").filter("FLATRATE"::equals).isPresent();
        return language ? Optional.of(Verdict.no(Reason.LANGUAGE_NOT_SUPPORTED)) : model
                ? Optional.of(Verdict.no(Reason.MALFORMED)) : Optional.empty();
    }

    /** B25: the fields given are changed, those named are cleared, all others stay. */
    private static Value.Group changed(Value.Group before, PlanChange change) {
        Map<String, Value> fields = new TreeMap<>(before.fields());
        for (String name : change.clear()) {
            fields.remove(name);
        }
        fields.putAll(change.given().fields());
        return new Value.Group(fields);
    }
}
