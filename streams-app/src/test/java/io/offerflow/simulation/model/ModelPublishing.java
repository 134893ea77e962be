package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O3–O24: from Submit to live, and what ends before. */
final class ModelPublishing {

    private ModelPublishing() {
    }

    static Verdict submit(ModelState state, ModelPolicy policy, List<String> calls) {
        if (state.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O32, B27
        }
        if (state.run.isPresent() && !state.at(PublishStep.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O7
        }
        if (!publishable(state, policy)) {
            return Verdict.no(Reason.SECTIONS_INCOMPLETE); // O3, D21
        }
        if (policy.rejectSubmitWithoutChanges() && state.status() == Status.LIVE && !anythingChanged(state)) {
            return Verdict.no(Reason.NOTHING_TO_PUBLISH); // O4, D20
        }
        ModelState.Run run = new ModelState.Run();
        state.submissions++;
        run.snapshot = state.snapshot(state.submissions); // O8: takes the place of one that waited
        run.steps = steps(state.sections.get(SectionId.OFFER_SETUP));
        state.run = Optional.of(run);
        state.unresolvedFailure = false;
        call(run, calls);
        return Verdict.OK;
    }

    static boolean publishable(ModelState state, ModelPolicy policy) {
        for (SectionId section : SectionId.values()) {
            SectionState current = ModelContent.state(state, section, policy);
            if (ModelContent.applies(state, section)
                    && (current == SectionState.NOT_STARTED || current == SectionState.INCOMPLETE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anythingChanged(ModelState state) {
        for (SectionId section : SectionId.values()) {
            if (ModelContent.changed(state, section)) {
                return true;
            }
        }
        return false;
    }

    /** Section 5.0: what does not apply is skipped (B65). */
    private static List<PublishStep> steps(Value.Struct setup) {
        boolean sold = setup.flag("sellThroughMicrosoft");
        boolean drive = setup.flag("testDriveEnabled");
        boolean leads = setup.get("leadDestination").isPresent();
        List<PublishStep> steps = new ArrayList<>();
        add(steps, sold, PublishStep.PURCHASE_FLOW);
        add(steps, drive, PublishStep.TEST_DRIVE_DATA, PublishStep.TEST_DRIVE_PROVISIONING);
        add(steps, leads, PublishStep.LEAD_MANAGEMENT);
        add(steps, true, PublishStep.CERTIFICATION, PublishStep.PREVIEW_CREATION, PublishStep.PUBLISHER_SIGN_OFF);
        add(steps, sold, PublishStep.PUBLISH_PURCHASE_FLOW);
        add(steps, drive, PublishStep.PUBLISH_TEST_DRIVE_DATA, PublishStep.PUBLISH_TEST_DRIVE_PROVISIONING);
        add(steps, leads, PublishStep.PUBLISH_LEAD_MANAGEMENT);
        add(steps, true, PublishStep.FINAL_PUBLISH);
        return steps;
    }

    private static void add(List<PublishStep> steps, boolean applies, PublishStep... more) {
        if (applies) {
            steps.addAll(List.of(more));
        }
    }

    private static void call(ModelState.Run run, List<String> calls) {
        if (run.step() != PublishStep.PUBLISHER_SIGN_OFF) {
            calls.add(run.snapshot.submission + " " + run.step());
        }
    }

    static Verdict goLive(ModelState state, Command.GoLive goLive, List<String> calls) {
        if (state.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O32, B27
        }
        if (!state.at(PublishStep.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.NOT_AT_SIGN_OFF); // O18
        }
        ModelState.Run run = state.run.orElseThrow();
        if (goLive.submission().filter(seen -> seen != run.snapshot.submission).isPresent()) {
            return Verdict.no(Reason.STALE_SUBMISSION);
        }
        run.at++; // O17
        call(run, calls);
        return Verdict.OK;
    }

    static Verdict cancel(ModelState state, Command.CancelPublish cancel, Instant now, List<Reply.Notice> notices) {
        if (state.run.isEmpty()) {
            return Verdict.no(Reason.NO_PUBLISH_IN_PROGRESS); // O16
        }
        ModelState.Run run = state.run.get();
        if (run.at >= run.steps.indexOf(PublishStep.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.CANCEL_TOO_LATE); // O14, O15
        }
        if (!cancel.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        state.run = Optional.empty(); // O13, D15–D17
        notices.add(new Reply.Notice("PUBLISH_CANCELLED", "" + run.snapshot.submission, now));
        return Verdict.OK;
    }

    static Verdict delete(ModelState state, Command.DeleteDraft delete) {
        if (state.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O23
        }
        if (state.onSale()) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // O22, D6
        }
        if (!delete.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        state.exists = false; // O21, O24; customers keep what they have (E11), numbers and ids live on (B13)
        state.sections.clear();
        state.plans.clear();
        state.plansBegun = false;
        state.syncs.clear();
        state.live = Optional.empty();
        state.unresolvedFailure = false;
        return Verdict.OK;
    }

    static Verdict result(ModelState state, Command.ByPipeline result, Instant now, List<Reply.Notice> notices,
            List<String> calls) {
        boolean speaksOfNow = state.run.filter(run -> run.snapshot.submission == result.submission()
                && run.step().name().equals(result.step()) && run.step() != PublishStep.PUBLISHER_SIGN_OFF).isPresent();
        if (!speaksOfNow) {
            return Verdict.over(Reason.STALE_STEP); // V33, B1, B2
        }
        ModelState.Run run = state.run.orElseThrow();
        String about = "" + run.snapshot.submission;
        if (result instanceof Command.ReportStepFailed) {
            String template = run.step() == PublishStep.CERTIFICATION ? "CERTIFICATION_FAILED"
                    : "PUBLISH_ATTENTION_NEEDED";
            notices.add(new Reply.Notice(template, about + " " + run.step(), now)); // O11, O12
            state.run = Optional.empty();
            state.unresolvedFailure = true;
        } else if (run.step() == PublishStep.FINAL_PUBLISH) {
            live(state, run.snapshot); // O19
            notices.add(new Reply.Notice("OFFER_LIVE", about, now));
        } else {
            run.at++; // O9
            call(run, calls);
            if (run.step() == PublishStep.PUBLISHER_SIGN_OFF) {
                notices.add(new Reply.Notice("PREVIEW_READY", about, now)); // O10
            }
        }
        return Verdict.OK;
    }

    private static void live(ModelState state, ModelState.Snapshot snapshot) {
        boolean relisting = state.stopDone.isPresent();
        Map<String, Boolean> stoppedAlone = new TreeMap<>(state.stoppedAlone);
        if (snapshot.transactable()) { // B19
            snapshot.plans.forEach((planId, plan) -> {
                boolean marked = plan.mark.filter(mark -> mark.relist).isPresent();
                boolean optedOut = plan.mark.filter(mark -> !mark.relist).isPresent();
                boolean stopped = stoppedAlone.getOrDefault(planId, false);
                state.stoppedAlone.put(planId, stopped ? !marked : relisting && optedOut); // P3, P13, P14, D33
            });
        }
        snapshot.plans.forEach((planId, plan) -> {
            ModelState.Plan draft = state.plans.get(planId);
            if (draft != null && draft.mark.isPresent() && draft.mark.equals(plan.mark)) {
                draft.mark = Optional.empty(); // it has done its work; one made later waits (B6)
            }
            plan.mark = Optional.empty();
        });
        if (snapshot.transactable()) {
            snapshot.plans.forEach((planId, plan) -> {
                if (plan.isPrivate() && !state.stoppedAlone.get(planId)) {
                    ModelAudiences.published(state, planId, plan.audience);
                }
            });
        }
        state.live = Optional.of(snapshot);
        state.liveVersion++;
        state.everLive = true;
        state.stopDone = Optional.empty();
        state.run = Optional.empty();
    }
}
