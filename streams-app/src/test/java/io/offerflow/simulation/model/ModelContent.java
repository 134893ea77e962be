package io.offerflow.simulation.model;

import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether saved content is complete: the rows of section 6 that the simulation's contents can meet. */
final class ModelContent {

    private ModelContent() {
    }

    /** The state of a section (S6, S7, B49). */
    static SectionState state(ModelState state, SectionId section, ModelPolicy policy) {
        boolean begun = section == SectionId.PLAN_OVERVIEW ? state.plansBegun : state.sections.containsKey(section);
        if (!begun) {
            return SectionState.NOT_STARTED; // B50
        }
        if (!complete(state, section, policy)) {
            return SectionState.INCOMPLETE;
        }
        if (!state.everLive) {
            return SectionState.COMPLETE;
        }
        return changed(state, section) ? SectionState.UNPUBLISHED_CHANGES : SectionState.PUBLISHED;
    }

    /** Whether a section has to be complete for a submit. */
    static boolean applies(ModelState state, SectionId section) {
        Value.Struct setup = state.sections.getOrDefault(SectionId.OFFER_SETUP, Value.EMPTY);
        return switch (section) {
            case TECHNICAL_CONFIGURATION, PLAN_OVERVIEW -> setup.flag("sellThroughMicrosoft");
            case TEST_DRIVE -> setup.flag("testDriveEnabled");
            case OFFER_SETUP, PROPERTIES, OFFER_LISTING, PREVIEW -> true;
        };
    }

    /** By content, against the last live snapshot (B11). */
    static boolean changed(ModelState state, SectionId section) {
        ModelState.Snapshot live = state.live.orElseGet(() -> new ModelState.Snapshot(0));
        if (section == SectionId.PLAN_OVERVIEW) {
            return state.plansBegun && (!state.plans.keySet().equals(live.plans.keySet())
                    || state.plans.keySet().stream().anyMatch(planId -> changed(state, planId)));
        }
        return state.sections.containsKey(section) && !state.sections.get(section).equals(live.sections.get(section));
    }

    /** Whether a plan of the draft differs from the published one. */
    static boolean changed(ModelState state, String planId) {
        ModelState.Plan draft = state.plans.get(planId);
        Optional<ModelState.Plan> published = state.live.map(live -> live.plans.get(planId));
        return published.isEmpty() || draft.mark.isPresent() || !draft.content.equals(published.get().content)
                || (draft.isPrivate() || published.get().isPrivate()) // B11, also for a listing (B70)
                && !draft.audience.members.equals(published.get().audience.members);
    }

    private static boolean complete(ModelState state, SectionId section, ModelPolicy policy) {
        Value.Struct saved = state.sections.getOrDefault(section, Value.EMPTY);
        return switch (section) {
            case OFFER_SETUP -> setup(saved, state.live.filter(ModelState.Snapshot::transactable).isPresent());
            case PROPERTIES -> between(saved.items("categories").size(), 1, 3)
                    && (saved.flag("standardContract") || given(saved, "termsOfUse"));
            case OFFER_LISTING -> given(saved, "name", "summary", "description", "gettingStarted", "privacyPolicyUrl",
                    "supportContact", "supportUrl", "engineeringContact", "largeLogo")
                    && length(saved, "name") <= 50 && length(saved, "summary") <= 100
                    && between(saved.items("documents").size(), 1, 3)
                    && between(saved.items("screenshots").size(), 1, 5);
            case PREVIEW -> between(saved.items("testers").size(), 1, 10);
            case TECHNICAL_CONFIGURATION -> given(saved, "landingPageUrl", "webhookUrl", "tenantId", "appId")
                    && !saved.text("landingPageUrl").orElse("").contains("#");
            case TEST_DRIVE -> testDrive(saved, state.sections.getOrDefault(SectionId.OFFER_SETUP, Value.EMPTY)
                    .text("testDriveType").orElse(""));
            case PLAN_OVERVIEW -> plans(state, policy);
        };
    }

    private static boolean setup(Value.Struct setup, boolean transactableLive) {
        boolean listing = setup.get("sellThroughMicrosoft").isPresent() && !setup.flag("sellThroughMicrosoft");
        boolean ways = switch (setup.text("callToAction").orElse("")) {
            case "GET_IT_NOW" -> given(setup, "offerUrl");
            case "FREE_TRIAL" -> given(setup, "trialUrl");
            case "CONTACT_ME" -> given(setup, "leadDestination");
            default -> false;
        };
        boolean sold = listing ? ways && !transactableLive // V4, B56
                : setup.flag("sellThroughMicrosoft") && given(setup, "leadDestination");
        return sold && (!setup.flag("testDriveEnabled") || given(setup, "testDriveType"));
    }

    private static boolean testDrive(Value.Struct drive, String type) {
        boolean reading = given(drive, "description", "userManual");
        if (type.equals("POWER_BI")) {
            return reading; // B58
        }
        boolean hosted = type.equals("LOGIC_APP") || type.equals("AZURE_RESOURCE_MANAGER");
        return reading && given(drive, "durationHours", "tenantId", "appId", "appKeyReference")
                && (!hosted || given(drive, "accessInformation", "subscriptionId"));
    }

    private static boolean plans(ModelState state, ModelPolicy policy) {
        Set<String> models = new HashSet<>();
        Set<String> names = new HashSet<>();
        boolean distinct = true;
        boolean complete = !state.plans.isEmpty();
        for (Map.Entry<String, ModelState.Plan> plan : state.plans.entrySet()) {
            Value.Struct content = plan.getValue().content;
            content.text("pricingModel").ifPresent(models::add);
            distinct &= content.text("name").isEmpty() || names.add(content.text("name").get());
            complete &= plan(state, plan.getKey());
        }
        long hidden = state.plans.values().stream().filter(ModelState.Plan::isPrivate).count();
        return complete && distinct && models.size() <= 1 // V10, V14, B54
                && hidden <= policy.privatePlans() && state.plans.size() <= policy.plans() // V12, B35
                && state.plans.keySet().stream().anyMatch(planId -> wouldBeOnSale(state, planId)); // B4
    }

    /** Whether one plan is complete by itself. */
    static boolean plan(ModelState state, String planId) {
        ModelState.Plan plan = state.plans.get(planId);
        Value.Struct content = plan.content;
        List<String> terms = terms(content);
        boolean perUser = content.text("pricingModel").filter("PER_USER"::equals).isPresent();
        long least = number(content, "seatsMin", 1);
        boolean seats = perUser ? least >= 1 && least <= number(content, "seatsMax", Long.MAX_VALUE)
                : content.get("seatsMin").isEmpty() && content.get("seatsMax").isEmpty(); // V17, B59
        boolean alone = given(content, "name", "pricingModel", "visibility") && length(content, "name") <= 50
                && length(content, "description") <= 500 && between(content.items("markets").size(), 1, 141)
                && !terms.isEmpty() && seats
                && !(content.flag("freeTrial") && !content.items("meteredDimensions").isEmpty()); // V24
        return alone && (!plan.isPrivate() || !plan.audience.members.isEmpty()) // V19
                && published(state, planId).map(before -> follows(before, content)).orElse(true);
    }

    /** What may no longer change once a plan was published (V14, V15, V18, V24). */
    private static boolean follows(Value.Struct before, Value.Struct now) {
        boolean madePrivate = before.text("visibility").filter("PUBLIC"::equals).isPresent()
                && now.text("visibility").filter("PRIVATE"::equals).isPresent();
        return before.text("pricingModel").equals(now.text("pricingModel"))
                && terms(now).containsAll(terms(before)) && !madePrivate
                && (!before.flag("freeTrial") || now.flag("freeTrial"));
    }

    /** The plan as it was published last; plans of a listing-only offer never are (B19). */
    static Optional<Value.Struct> published(ModelState state, String planId) {
        return state.live.filter(ModelState.Snapshot::transactable).map(live -> live.plans.get(planId))
                .map(plan -> plan.content);
    }

    /** B4: whether a publish of the draft would have this plan on sale. */
    private static boolean wouldBeOnSale(ModelState state, String planId) {
        if (!state.stoppedAlone.containsKey(planId)) {
            return true;
        }
        Optional<ModelState.Mark> mark = state.plans.get(planId).mark;
        if (state.stoppedAlone.get(planId)) {
            return mark.filter(made -> made.relist).isPresent();
        }
        boolean optedOut = state.stopDone.isPresent() && mark.filter(made -> !made.relist).isPresent();
        return !state.planStops.containsKey(planId) && !optedOut;
    }

    private static List<String> terms(Value.Struct plan) {
        return plan.items("terms").stream().map(term -> ((Value.Struct) term).text("term").orElse("")).toList();
    }

    private static long number(Value.Struct group, String name, long otherwise) {
        return group.get(name).map(value -> ((Value.Int) value).number()).orElse(otherwise);
    }

    private static boolean given(Value.Struct group, String... names) {
        for (String name : names) {
            boolean blank = group.text(name).filter(String::isEmpty).isPresent()
                    && group.get(name).orElseThrow() instanceof Value.Text;
            if (group.get(name).isEmpty() || blank) {
                return false;
            }
        }
        return true;
    }

    private static int length(Value.Struct group, String name) {
        return group.text(name).map(text -> text.codePointCount(0, text.length())).orElse(0);
    }

    private static boolean between(int size, int least, int most) {
        return size >= least && size <= most;
    }
}
