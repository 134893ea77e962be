package io.offerflow.domain;

import io.offerflow.domain.model.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every command, as it is asked of an offer in the matrix. */
enum Commands {
    CREATE_OFFER(offer -> new Command.CreateOffer("SAAS", "Another")),
    SAVE_SECTION(offer -> OfferScenario.save(Contents.with(Contents.properties(), "appVersion", "3.1"))),
    CREATE_PLAN(offer -> new Command.CreatePlan("gold", Contents.plan("Gold"))),
    UPDATE_PLAN(offer -> new Command.UpdatePlan("gold", Contents.plan("Gold"), Optional.empty())),
    DELETE_DRAFT_PLAN(offer -> new Command.DeleteDraftPlan("gold", true)),
    ADD_AUDIENCE_ID(offer -> AudienceCommands.add("gold", 1)),
    REMOVE_AUDIENCE_ID(offer -> AudienceCommands.remove("gold", 1)),
    IMPORT_AUDIENCE(offer -> AudienceCommands.importing("gold", 1, 2)),
    SYNC_PRIVATE_AUDIENCE(offer -> new Command.SyncPrivateAudience(List.of())),
    SUBMIT_OFFER(offer -> new Command.SubmitOffer(Optional.empty())),
    GO_LIVE(offer -> new Command.GoLive(Optional.empty())),
    CANCEL_PUBLISH(offer -> new Command.CancelPublish(true)),
    DELETE_DRAFT(offer -> new Command.DeleteDraft(true)),
    STOP_SELLING_OFFER(offer -> new Command.StopSellingOffer(Optional.empty(), true)),
    STOP_SELLING_PLAN(offer -> new Command.StopSellingPlan("gold", Optional.empty(), true)),
    RESUME_SELLING(offer -> new Command.ResumeSelling(Optional.empty())),
    REQUEST_REMOVAL(offer -> new Command.RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", Optional.empty())),
    ANSWER_REMOVAL(offer -> new Command.AnswerRemoval(1, "They have been told.")),
    WITHDRAW_REMOVAL(offer -> new Command.WithdrawRemoval(1)),
    REPORT_STEP_SUCCEEDED(offer -> new Command.ReportStepSucceeded(offer.facts().submission(), step(offer), List.of())),
    REPORT_STEP_FAILED(offer -> new Command.ReportStepFailed(offer.facts().submission(), step(offer), List.of())),
    ACQUIRE_PLAN(offer -> new Command.AcquirePlan("0b1c2d3e-0000-4000-8000-00000000000f", "gold")),
    DOWNLOAD_OFFER(offer -> new Command.DownloadOffer("0b1c2d3e-0000-4000-8000-00000000000f", "gold")),
    TAKE_REMOVAL_REQUEST(offer -> new Command.TakeRemovalRequest(1)),
    ASK_PUBLISHER(offer -> new Command.AskPublisher(1, "Have your customers been told?")),
    COMPLETE_REMOVAL(offer -> new Command.CompleteRemoval(1)),
    REJECT_REMOVAL(offer -> new Command.RejectRemoval(1, "Not yours."));

    private final Function<OfferScenario, Command> command;

    Commands(Function<OfferScenario, Command> command) {
        this.command = command;
    }

    Command of(OfferScenario offer) {
        return command.apply(offer);
    }

    /** The step at work, or one that could be. */
    private static String step(OfferScenario offer) {
        return offer.facts().activeRun().map(run -> run.step().name()).orElse("CERTIFICATION");
    }
}
