package io.offerflow.simulation.paper;

import io.offerflow.domain.SectionId;
import io.offerflow.domain.SectionState;
import io.offerflow.domain.content.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what was saved is complete: the rows of section 6 that the simulation's contents can meet, computed anew each time. */
final class PaperContent {

    private PaperContent() {
    }

    /** How a section stands (S6, S7, B49). */
    static SectionState state(Sheet sheet, SectionId section, PaperPolicy policy) {
        boolean begun = section == SectionId.PLAN_OVERVIEW ? sheet.plansBegun : sheet.sections.containsKey(section);
        if (!begun) {
            return SectionState.NOT_STARTED; // B50
        }
        if (!complete(sheet, section, policy)) {
            return SectionState.INCOMPLETE;
        }
        if (!sheet.everLive) {
            return SectionState.COMPLETE;
        }
        return changed(sheet, section) ? SectionState.UNPUBLISHED_CHANGES : SectionState.PUBLISHED;
    }

    /** Whether a section has to be complete for a submit. */
    static boolean applies(Sheet sheet, SectionId section) {
        Value.Group setup = sheet.sections.getOrDefault(SectionId.OFFER_SETUP, Value.EMPTY);
        return switch (section) {
            case TECHNICAL_CONFIGURATION, PLAN_OVERVIEW -> setup.flag("sellThroughMicrosoft");
            case TEST_DRIVE -> setup.flag("testDriveEnabled");
            case OFFER_SETUP, PROPERTIES, OFFER_LISTING, PREVIEW -> true;
        };
    }

    /** By content, against the last live snapshot (B11). */
    static boolean changed(Sheet sheet, SectionId section) {
        Sheet.Snapshot live = sheet.live.orElseGet(() -> new Sheet.Snapshot(0));
        if (section == SectionId.PLAN_OVERVIEW) {
            return sheet.plansBegun && (!sheet.plans.keySet().equals(live.plans.keySet())
                    || sheet.plans.keySet().stream().anyMatch(planId -> changed(sheet, planId)));
        }
        return sheet.sections.containsKey(section) && !sheet.sections.get(section).equals(live.sections.get(section));
    }

    /** Whether a plan of the draft differs from the published one. */
    static boolean changed(Sheet sheet, String planId) {
        Sheet.Plan draft = sheet.plans.get(planId);
        Optional<Sheet.Plan> published = sheet.live.map(live -> live.plans.get(planId));
        return published.isEmpty() || draft.mark.isPresent() || !draft.content.equals(published.get().content)
                || sheet.stoppedAlone.containsKey(planId) // a list that applies to nobody is no difference (B19)
                && (draft.isPrivate() || published.get().isPrivate())
                && !draft.audience.members.equals(published.get().audience.members);
    }

    private static boolean complete(Sheet sheet, SectionId section, PaperPolicy policy) {
        Value.Group saved = sheet.sections.getOrDefault(section, Value.EMPTY);
        return switch (section) {
            case OFFER_SETUP -> setup(saved, sheet.live.filter(Sheet.Snapshot::transactable).isPresent());
            case PROPERTIES -> between(saved.items("categories").size(), 1, 3)
                    && (saved.flag("standardContract") || given(saved, "termsOfUse"));
            case OFFER_LISTING -> given(saved, "name", "summary", "description", "gettingStarted", "privacyPolicyUrl",
                    "supportContact", "supportUrl", "engineeringContact", "largeLogo")
                    && length(saved, "name") <= 50 && length(saved, "summary") <= 100
                    && between(saved.items("documents").size(), 1, 3) && between(saved.items("screenshots").size(), 1, 5);
            case PREVIEW -> between(saved.items("testers").size(), 1, 10);
            case TECHNICAL_CONFIGURATION -> given(saved, "landingPageUrl", "webhookUrl", "tenantId", "appId")
                    && !saved.text("landingPageUrl").orElse("").contains("#");
            case TEST_DRIVE -> testDrive(saved, sheet.sections.getOrDefault(SectionId.OFFER_SETUP, Value.EMPTY)
                    .text("testDriveType").orElse(""));
            case PLAN_OVERVIEW -> plans(sheet, policy);
        };
    }

    private static boolean setup(Value.Group setup, boolean transactableLive) {
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

    private static boolean testDrive(Value.Group drive, String type) {
        boolean reading = given(drive, "description", "userManual");
        if (type.equals("POWER_BI")) {
            return reading; // B58
        }
        boolean hosted = type.equals("LOGIC_APP") || type.equals("AZURE_RESOURCE_MANAGER");
        return reading && given(drive, "durationHours", "tenantId", "appId", "appKeyReference")
                && (!hosted || given(drive, "accessInformation", "subscriptionId"));
    }

    private static boolean plans(Sheet sheet, PaperPolicy policy) {
        Set<String> models = new HashSet<>();
        Set<String> names = new HashSet<>();
        boolean distinct = true;
        boolean complete = !sheet.plans.isEmpty();
        for (Map.Entry<String, Sheet.Plan> plan : sheet.plans.entrySet()) {
            Value.Group content = plan.getValue().content;
            content.text("pricingModel").ifPresent(models::add);
            distinct &= content.text("name").isEmpty() || names.add(content.text("name").get());
            complete &= plan(sheet, plan.getKey());
        }
        long hidden = sheet.plans.values().stream().filter(Sheet.Plan::isPrivate).count();
        return complete && distinct && models.size() <= 1 // V10, V14, B54
                && hidden <= policy.privatePlans() && sheet.plans.size() <= policy.plans() // V12, B35
                && sheet.plans.keySet().stream().anyMatch(planId -> wouldBeOnSale(sheet, planId)); // B4
    }

    /** Whether one plan is complete by itself. */
    static boolean plan(Sheet sheet, String planId) {
        Sheet.Plan plan = sheet.plans.get(planId);
        Value.Group content = plan.content;
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
                && published(sheet, planId).map(before -> follows(before, content)).orElse(true);
    }

    /** What may no longer change once a plan was published (V14, V15, V18, V24). */
    private static boolean follows(Value.Group before, Value.Group now) {
        boolean madePrivate = before.text("visibility").filter("PUBLIC"::equals).isPresent()
                && now.text("visibility").filter("PRIVATE"::equals).isPresent();
        return before.text("pricingModel").equals(now.text("pricingModel"))
                && terms(now).containsAll(terms(before)) && !madePrivate
                && (!before.flag("freeTrial") || now.flag("freeTrial"));
    }

    /** The plan as it was published last; plans of a listing-only offer never are (B19). */
    static Optional<Value.Group> published(Sheet sheet, String planId) {
        return sheet.live.filter(Sheet.Snapshot::transactable).map(live -> live.plans.get(planId))
                .map(plan -> plan.content);
    }

    /** B4: whether a publish of the draft would have this plan on sale. */
    private static boolean wouldBeOnSale(Sheet sheet, String planId) {
        if (!sheet.stoppedAlone.containsKey(planId)) {
            return true;
        }
        Optional<Sheet.Mark> mark = sheet.plans.get(planId).mark;
        if (sheet.stoppedAlone.get(planId)) {
            return mark.filter(made -> made.relist).isPresent();
        }
        boolean optedOut = sheet.stopDone.isPresent() && mark.filter(made -> !made.relist).isPresent();
        return !sheet.planStops.containsKey(planId) && !optedOut;
    }

    private static List<String> terms(Value.Group plan) {
        return plan.items("terms").stream().map(term -> ((Value.Group) term).text("term").orElse("")).toList();
    }

    private static long number(Value.Group group, String name, long otherwise) {
        return group.get(name).map(value -> ((Value.Whole) value).number()).orElse(otherwise);
    }

    private static boolean given(Value.Group group, String... names) {
        for (String name : names) {
            boolean blank = group.text(name).filter(String::isEmpty).isPresent()
                    && group.get(name).orElseThrow() instanceof Value.Text;
            if (group.get(name).isEmpty() || blank) {
                return false;
            }
        }
        return true;
    }

    private static int length(Value.Group group, String name) {
        return group.text(name).map(String::length).orElse(0);
    }

    private static boolean between(int size, int least, int most) {
        return size >= least && size <= most;
    }
}
