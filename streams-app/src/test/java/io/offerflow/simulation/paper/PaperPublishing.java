package io.offerflow.simulation.paper;

import io.offerflow.domain.Command;
import io.offerflow.domain.Reason;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.SectionState;
import io.offerflow.domain.Status;
import io.offerflow.domain.Step;
import io.offerflow.domain.content.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O3–O24: from Submit to live, and what ends before. */
final class PaperPublishing {

    private PaperPublishing() {
    }

    static Verdict submit(Sheet sheet, PaperPolicy policy, List<String> calls) {
        if (sheet.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O32, B27
        }
        if (sheet.run.isPresent() && !sheet.at(Step.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O7
        }
        if (!publishable(sheet, policy)) {
            return Verdict.no(Reason.SECTIONS_INCOMPLETE); // O3, D21
        }
        if (policy.rejectSubmitWithoutChanges() && sheet.status() == Status.LIVE && !anythingChanged(sheet)) {
            return Verdict.no(Reason.NOTHING_TO_PUBLISH); // O4, D20
        }
        Sheet.Run run = new Sheet.Run();
        sheet.submissions++;
        run.snapshot = sheet.snapshot(sheet.submissions); // O8: takes the place of one that waited
        run.steps = steps(sheet.sections.get(SectionId.OFFER_SETUP));
        sheet.run = Optional.of(run);
        sheet.unresolvedFailure = false;
        call(run, calls);
        return Verdict.OK;
    }

    static boolean publishable(Sheet sheet, PaperPolicy policy) {
        for (SectionId section : SectionId.values()) {
            SectionState state = PaperContent.state(sheet, section, policy);
            if (PaperContent.applies(sheet, section)
                    && (state == SectionState.NOT_STARTED || state == SectionState.INCOMPLETE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anythingChanged(Sheet sheet) {
        for (SectionId section : SectionId.values()) {
            if (PaperContent.changed(sheet, section)) {
                return true;
            }
        }
        return false;
    }

    /** Section 5.0: what does not apply is skipped (B65). */
    private static List<Step> steps(Value.Group setup) {
        boolean sold = setup.flag("sellThroughMicrosoft");
        boolean drive = setup.flag("testDriveEnabled");
        boolean leads = setup.get("leadDestination").isPresent();
        List<Step> steps = new ArrayList<>();
        add(steps, sold, Step.PURCHASE_FLOW);
        add(steps, drive, Step.TEST_DRIVE_DATA, Step.TEST_DRIVE_PROVISIONING);
        add(steps, leads, Step.LEAD_MANAGEMENT);
        add(steps, true, Step.CERTIFICATION, Step.PREVIEW_CREATION, Step.PUBLISHER_SIGN_OFF);
        add(steps, sold, Step.PUBLISH_PURCHASE_FLOW);
        add(steps, drive, Step.PUBLISH_TEST_DRIVE_DATA, Step.PUBLISH_TEST_DRIVE_PROVISIONING);
        add(steps, leads, Step.PUBLISH_LEAD_MANAGEMENT);
        add(steps, true, Step.FINAL_PUBLISH);
        return steps;
    }

    private static void add(List<Step> steps, boolean applies, Step... more) {
        if (applies) {
            steps.addAll(List.of(more));
        }
    }

    private static void call(Sheet.Run run, List<String> calls) {
        if (run.step() != Step.PUBLISHER_SIGN_OFF) {
            calls.add(run.snapshot.submission + " " + run.step());
        }
    }

    static Verdict goLive(Sheet sheet, Command.GoLive goLive, List<String> calls) {
        if (sheet.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O32, B27
        }
        if (!sheet.at(Step.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.NOT_AT_SIGN_OFF); // O18
        }
        Sheet.Run run = sheet.run.orElseThrow();
        if (goLive.submission().filter(seen -> seen != run.snapshot.submission).isPresent()) {
            return Verdict.no(Reason.STALE_SUBMISSION);
        }
        run.at++; // O17
        call(run, calls);
        return Verdict.OK;
    }

    static Verdict cancel(Sheet sheet, Command.CancelPublish cancel, Instant now, List<Reply.Notice> notices) {
        if (sheet.run.isEmpty()) {
            return Verdict.no(Reason.NO_PUBLISH_IN_PROGRESS); // O16
        }
        Sheet.Run run = sheet.run.get();
        if (run.at >= run.steps.indexOf(Step.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.CANCEL_TOO_LATE); // O14, O15
        }
        if (!cancel.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        sheet.run = Optional.empty(); // O13, D15–D17
        notices.add(new Reply.Notice("PUBLISH_CANCELLED", "" + run.snapshot.submission, now));
        return Verdict.OK;
    }

    static Verdict delete(Sheet sheet, Command.DeleteDraft delete) {
        if (sheet.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O23
        }
        if (sheet.onSale()) {
            return Verdict.no(Reason.ALREADY_PUBLISHED); // O22, D6
        }
        if (!delete.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        sheet.exists = false; // O21, O24; customers keep what they have (E11), numbers and ids live on (B13)
        sheet.sections.clear();
        sheet.plans.clear();
        sheet.plansBegun = false;
        sheet.syncs.clear();
        sheet.live = Optional.empty();
        sheet.unresolvedFailure = false;
        return Verdict.OK;
    }

    static Verdict result(Sheet sheet, Command.ByPipeline result, Instant now, List<Reply.Notice> notices,
            List<String> calls) {
        boolean speaksOfNow = sheet.run.filter(run -> run.snapshot.submission == result.submission()
                && run.step().name().equals(result.step()) && run.step() != Step.PUBLISHER_SIGN_OFF).isPresent();
        if (!speaksOfNow) {
            return Verdict.over(Reason.STALE_STEP); // V33, B1, B2
        }
        Sheet.Run run = sheet.run.orElseThrow();
        String about = "" + run.snapshot.submission;
        if (result instanceof Command.ReportStepFailed) {
            String template = run.step() == Step.CERTIFICATION ? "CERTIFICATION_FAILED" : "PUBLISH_ATTENTION_NEEDED";
            notices.add(new Reply.Notice(template, about + " " + run.step(), now)); // O11, O12
            sheet.run = Optional.empty();
            sheet.unresolvedFailure = true;
        } else if (run.step() == Step.FINAL_PUBLISH) {
            live(sheet, run.snapshot); // O19
            notices.add(new Reply.Notice("OFFER_LIVE", about, now));
        } else {
            run.at++; // O9
            call(run, calls);
            if (run.step() == Step.PUBLISHER_SIGN_OFF) {
                notices.add(new Reply.Notice("PREVIEW_READY", about, now)); // O10
            }
        }
        return Verdict.OK;
    }

    private static void live(Sheet sheet, Sheet.Snapshot snapshot) {
        boolean relisting = sheet.stopDone.isPresent();
        Map<String, Boolean> stoppedAlone = new TreeMap<>(sheet.stoppedAlone);
        if (snapshot.transactable()) { // B19
            snapshot.plans.forEach((planId, plan) -> {
                boolean marked = plan.mark.filter(mark -> mark.relist).isPresent();
                boolean optedOut = plan.mark.filter(mark -> !mark.relist).isPresent();
                boolean stopped = stoppedAlone.getOrDefault(planId, false);
                sheet.stoppedAlone.put(planId, stopped ? !marked : relisting && optedOut); // P3, P13, P14, D33
            });
        }
        snapshot.plans.forEach((planId, plan) -> {
            Sheet.Plan draft = sheet.plans.get(planId);
            if (draft != null && draft.mark.isPresent() && draft.mark.equals(plan.mark)) {
                draft.mark = Optional.empty(); // it has done its work; one made later waits (B6)
            }
            plan.mark = Optional.empty();
        });
        if (snapshot.transactable()) {
            snapshot.plans.forEach((planId, plan) -> {
                if (plan.isPrivate() && !sheet.stoppedAlone.get(planId)) {
                    PaperAudiences.published(sheet, planId, plan.audience);
                }
            });
        }
        sheet.live = Optional.of(snapshot);
        sheet.liveVersion++;
        sheet.everLive = true;
        sheet.stopDone = Optional.empty();
        sheet.run = Optional.empty();
    }
}
