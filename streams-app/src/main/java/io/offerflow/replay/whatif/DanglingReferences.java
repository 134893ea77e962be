package io.offerflow.replay.whatif;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferState;
import java.util.Optional;

/**
 * Finds references of a command to things that a diverged history does not have. For example, a step result may answer
 * a submission that was never made there; what is decided about it says nothing about the rules.
 */
final class DanglingReferences {

    private DanglingReferences() {
    }

    /** What a command refers to that exists in the recorded state but not in the diverged one. */
    static Optional<String> missing(CommandEnvelope envelope, OfferState recorded, OfferState diverged) {
        return version(envelope, recorded, diverged).or(() -> switch (envelope.command()) {
            case Command.ByPipeline result -> submission(result.submission(), recorded, diverged);
            case Command.GoLive live -> live.submission().flatMap(named -> submission(named, recorded, diverged));
            case Command.UpdatePlan update -> plan(update.planId(), recorded, diverged);
            case Command.DeleteDraftPlan delete -> plan(delete.planId(), recorded, diverged);
            case Command.StopSellingPlan stop -> plan(stop.planId(), recorded, diverged);
            case Command.ResumeSelling resume -> resume.planId().flatMap(named -> plan(named, recorded, diverged));
            case Command.AddAudienceId add -> plan(add.planId(), recorded, diverged);
            case Command.RemoveAudienceId remove -> plan(remove.planId(), recorded, diverged);
            case Command.ImportAudience chunk -> plan(chunk.planId(), recorded, diverged);
            case Command.ByCustomer customer -> planOnSale(customer.planId(), recorded, diverged);
            case Command.BySupport decision -> request(decision.request(), recorded, diverged);
            case Command.AnswerRemoval answer -> request(answer.request(), recorded, diverged);
            case Command.WithdrawRemoval withdrawn -> request(withdrawn.request(), recorded, diverged);
            case Command.SyncPrivateAudience sync -> sync.planIds().stream()
                    .flatMap(named -> plan(named, recorded, diverged).stream()).findFirst();
            case Command.CreateOffer create -> Optional.empty();
            case Command.SaveSection save -> Optional.empty();
            case Command.CreatePlan create -> Optional.empty();
            case Command.SubmitOffer submit -> Optional.empty();
            case Command.CancelPublish cancel -> Optional.empty();
            case Command.DeleteDraft delete -> Optional.empty();
            case Command.StopSellingOffer stop -> Optional.empty();
            case Command.RequestRemoval removal -> Optional.empty();
        }).or(() -> recorded.header().exists() && !diverged.header().exists()
                && !(envelope.command() instanceof Command.CreateOffer)
                ? Optional.of("the offer") : Optional.empty());
    }

    private static Optional<String> version(CommandEnvelope envelope, OfferState recorded, OfferState diverged) {
        return envelope.expectedVersion().filter(expected -> expected == recorded.header().revision()
                && expected != diverged.header().revision()).map(expected -> "draft version " + expected);
    }

    private static Optional<String> submission(long number, OfferState recorded, OfferState diverged) {
        return number <= recorded.header().submission() && number > diverged.header().submission()
                ? Optional.of("submission " + number) : Optional.empty();
    }

    private static Optional<String> plan(String planId, OfferState recorded, OfferState diverged) {
        return recorded.plans().plans().containsKey(planId) && !diverged.plans().plans().containsKey(planId)
                ? Optional.of("plan " + planId) : Optional.empty();
    }

    private static Optional<String> planOnSale(String planId, OfferState recorded, OfferState diverged) {
        return recorded.sales().plans().containsKey(planId) && !diverged.sales().plans().containsKey(planId)
                ? Optional.of(RootLocaleText.format("plan %s on sale", planId)) : Optional.empty();
    }

    private static Optional<String> request(long number, OfferState recorded, OfferState diverged) {
        return recorded.header().removal().filter(known -> number <= known.number()).isPresent()
                && diverged.header().removal().filter(known -> number <= known.number()).isEmpty()
                ? Optional.of("removal request " + number) : Optional.empty();
    }
}
