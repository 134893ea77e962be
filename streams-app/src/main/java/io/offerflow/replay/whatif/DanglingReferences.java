package io.offerflow.replay.whatif;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferState;
import java.util.Optional;

/**
 * What an input refers to. In a history that took another course, a step result may answer a submission that never came
 * to be, and what is decided about it there says nothing about the rules any more.
 */
final class DanglingReferences {

    private DanglingReferences() {
    }

    /** What an input refers to that existed when it was recorded and does not exist here. */
    static Optional<String> missing(CommandEnvelope ask, OfferState recorded, OfferState here) {
        return version(ask, recorded, here).or(() -> switch (ask.command()) {
            case Command.ByPipeline result -> submission(result.submission(), recorded, here);
            case Command.GoLive live -> live.submission().flatMap(named -> submission(named, recorded, here));
            case Command.UpdatePlan update -> plan(update.planId(), recorded, here);
            case Command.DeleteDraftPlan delete -> plan(delete.planId(), recorded, here);
            case Command.StopSellingPlan stop -> plan(stop.planId(), recorded, here);
            case Command.ResumeSelling resume -> resume.planId().flatMap(named -> plan(named, recorded, here));
            case Command.AddAudienceId add -> plan(add.planId(), recorded, here);
            case Command.RemoveAudienceId remove -> plan(remove.planId(), recorded, here);
            case Command.ImportAudience chunk -> plan(chunk.planId(), recorded, here);
            case Command.ByCustomer customer -> sold(customer.planId(), recorded, here);
            case Command.BySupport decision -> request(decision.request(), recorded, here);
            case Command.AnswerRemoval answer -> request(answer.request(), recorded, here);
            case Command.WithdrawRemoval withdrawn -> request(withdrawn.request(), recorded, here);
            case Command.SyncPrivateAudience sync -> sync.planIds().stream()
                    .flatMap(named -> plan(named, recorded, here).stream()).findFirst();
            case Command.CreateOffer create -> Optional.empty();
            case Command.SaveSection save -> Optional.empty();
            case Command.CreatePlan create -> Optional.empty();
            case Command.SubmitOffer submit -> Optional.empty();
            case Command.CancelPublish cancel -> Optional.empty();
            case Command.DeleteDraft delete -> Optional.empty();
            case Command.StopSellingOffer stop -> Optional.empty();
            case Command.RequestRemoval removal -> Optional.empty();
        }).or(() -> recorded.header().exists() && !here.header().exists() && !(ask.command() instanceof Command.CreateOffer)
                ? Optional.of("the offer") : Optional.empty());
    }

    private static Optional<String> version(CommandEnvelope ask, OfferState recorded, OfferState here) {
        return ask.expectedVersion().filter(expected -> expected == recorded.header().revision()
                && expected != here.header().revision()).map(expected -> "draft version " + expected);
    }

    private static Optional<String> submission(long number, OfferState recorded, OfferState here) {
        return number <= recorded.header().submission() && number > here.header().submission()
                ? Optional.of("submission " + number) : Optional.empty();
    }

    private static Optional<String> plan(String planId, OfferState recorded, OfferState here) {
        return recorded.plans().plans().containsKey(planId) && !here.plans().plans().containsKey(planId)
                ? Optional.of("plan " + planId) : Optional.empty();
    }

    private static Optional<String> sold(String planId, OfferState recorded, OfferState here) {
        return recorded.sales().plans().containsKey(planId) && !here.sales().plans().containsKey(planId)
                ? Optional.of(RootLocaleText.format("plan %s on sale", planId)) : Optional.empty();
    }

    private static Optional<String> request(long number, OfferState recorded, OfferState here) {
        return recorded.header().removal().filter(known -> number <= known.number()).isPresent()
                && here.header().removal().filter(known -> number <= known.number()).isEmpty()
                ? Optional.of("removal request " + number) : Optional.empty();
    }
}
