package io.offerflow.codec;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.RemovalState;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Maps events to the journal and back. Texts of a publisher or a step are not repeated: they are in the input. */
final class EventMapping {

    private EventMapping() {
    }

    static SpecificRecord toAvro(Event event) {
        return switch (event) {
            case Event.OfferCreated e -> new io.offerflow.avro.OfferCreated(
                    EnumMappings.toAvro(e.type()), e.alias());
            case Event.SectionSaved e ->
                    new io.offerflow.avro.SectionSaved(EnumMappings.toAvro(e.section()), e.revision(),
                    EnumMappings.problems(e.problems()));
            case Event.SectionAssessed e -> new io.offerflow.avro.SectionAssessed(EnumMappings.toAvro(e.section()),
                    e.revision(), EnumMappings.problems(e.problems()));
            case Event.OfferSubmitted e -> new io.offerflow.avro.OfferSubmitted(e.submission(), e.revision(),
                    e.steps().stream().map(EnumMappings::toAvro).toList());
            case Event.SubmissionSuperseded e -> new io.offerflow.avro.SubmissionSuperseded(e.submission());
            case Event.StepSucceeded e ->
                    new io.offerflow.avro.StepSucceeded(e.submission(), EnumMappings.toAvro(e.step()));
            case Event.PreviewReady e -> new io.offerflow.avro.PreviewReady(e.submission());
            case Event.OfferSignedOff e -> new io.offerflow.avro.OfferSignedOff(e.submission());
            case Event.OfferWentLive e -> new io.offerflow.avro.OfferWentLive(e.submission(), e.version());
            case Event.PublishFailed e ->
                    new io.offerflow.avro.PublishFailed(e.submission(), EnumMappings.toAvro(e.step()));
            case Event.PublishCancelled e -> new io.offerflow.avro.PublishCancelled(e.submission());
            case Event.DraftDeleted e -> new io.offerflow.avro.DraftDeleted();
            case Event.SellingStopRequested e -> new io.offerflow.avro.SellingStopRequested(e.effectiveAt());
            case Event.SubmissionWithdrawn e -> new io.offerflow.avro.SubmissionWithdrawn(e.submission());
            case Event.SellingResumed e -> new io.offerflow.avro.SellingResumed();
            case Event.SellingStopped e -> new io.offerflow.avro.SellingStopped();
            case Event.PlanSaved e -> new io.offerflow.avro.PlanSaved(e.planId(), e.revision(),
                    io.offerflow.avro.PlanMark.valueOf(e.relist().name()), EnumMappings.problems(e.problems()),
                    EnumMappings.problems(e.overview()));
            case Event.PlanSellingStopRequested e ->
                    new io.offerflow.avro.PlanSellingStopRequested(e.planId(), e.effectiveAt());
            case Event.PlanSellingResumed e -> new io.offerflow.avro.PlanSellingResumed(e.planId());
            case Event.PlanSellingStopped e -> new io.offerflow.avro.PlanSellingStopped(e.planId());
            case Event.PlanAcquired e -> new io.offerflow.avro.PlanAcquired(e.customerId(), e.planId());
            case Event.RemovalMoved e -> new io.offerflow.avro.RemovalMoved(e.request(),
                    io.offerflow.avro.RemovalState.valueOf(e.state().name()));
            case Event.AudienceIdAdded e ->
                    new io.offerflow.avro.AudienceIdAdded(e.planId(), e.generation(), e.revision());
            case Event.AudienceIdRemoved e ->
                    new io.offerflow.avro.AudienceIdRemoved(e.planId(), e.generation(), e.revision());
            case Event.AudienceChunkStaged e -> new io.offerflow.avro.AudienceChunkStaged(e.planId(), e.generation());
            case Event.AudienceImported e ->
                    new io.offerflow.avro.AudienceImported(e.planId(), e.generation(), e.revision());
            case Event.AudienceSynced e -> new io.offerflow.avro.AudienceSynced(e.planIds(), e.revision());
            case Event.AudienceSyncRequested e ->
                    new io.offerflow.avro.AudienceSyncRequested(e.planIds(), e.revision(), e.effectiveAt());
            case Event.AudienceSyncFailed e -> new io.offerflow.avro.AudienceSyncFailed(e.planIds());
            case Event.PriceChangeScheduled e -> new io.offerflow.avro.PriceChangeScheduled(e.planId(), e.effectiveAt(),
                    ContentMapping.toTerms(e.charged()));
            case Event.PriceChangeDropped e -> new io.offerflow.avro.PriceChangeDropped(e.planId());
            case Event.PlanAssessed e ->
                    new io.offerflow.avro.PlanAssessed(e.planId(), EnumMappings.problems(e.problems()));
            case Event.PlanDeleted e -> new io.offerflow.avro.PlanDeleted(e.planId(), e.revision(),
                    EnumMappings.problems(e.overview()));
        };
    }

    /**
     * An event of a journal entry.
     *
     * @param command of the entry, which has the texts that the event does not repeat
     */
    static Event fromAvro(Object event, Command command) {
        return switch (event) {
            case io.offerflow.avro.SectionSaved e when command instanceof Command.SaveSection save ->
                    new Event.SectionSaved(EnumMappings.fromAvro(e.getSection()), e.getRevision(),
                            save.content().orElseThrow(), EnumMappings.fromProblems(e.getProblems()));
            case io.offerflow.avro.OfferSubmitted e when command instanceof Command.SubmitOffer submit ->
                    new Event.OfferSubmitted(e.getSubmission(), e.getRevision(),
                            e.getSteps().stream().map(EnumMappings::fromAvro).toList(), submit.notes());
            case io.offerflow.avro.StepSucceeded e when command instanceof Command.ByPipeline result ->
                    new Event.StepSucceeded(e.getSubmission(), EnumMappings.fromAvro(e.getStep()), result.messages());
            case io.offerflow.avro.PublishFailed e when command instanceof Command.ByPipeline result ->
                    new Event.PublishFailed(e.getSubmission(), EnumMappings.fromAvro(e.getStep()), result.messages());
            case io.offerflow.avro.AudienceIdAdded e when command instanceof Command.AddAudienceId add ->
                    new Event.AudienceIdAdded(e.getPlanId(), e.getGeneration(), e.getRevision(),
                            AudienceType.valueOf(add.type()), add.id(), add.label());
            case io.offerflow.avro.AudienceIdRemoved e when command instanceof Command.RemoveAudienceId remove ->
                    new Event.AudienceIdRemoved(e.getPlanId(), e.getGeneration(), e.getRevision(), remove.id());
            case io.offerflow.avro.AudienceChunkStaged e when command instanceof Command.ImportAudience chunk ->
                    new Event.AudienceChunkStaged(e.getPlanId(), e.getGeneration(), chunk.importId(), chunk.index(),
                            chunk.chunks(), chunk.total(), chunk.rows());
            case io.offerflow.avro.PlanSaved e when command instanceof Command.CreatePlan create ->
                    planSaved(e, create.plan());
            case io.offerflow.avro.PlanSaved e when command instanceof Command.UpdatePlan update ->
                    planSaved(e, update.changes());
            default -> fromAvro(event);
        };
    }

    private static Event planSaved(io.offerflow.avro.PlanSaved saved, PlanChange change) {
        return new Event.PlanSaved(saved.getPlanId(), saved.getRevision(), change,
                RelistIntent.valueOf(saved.getMark().name()),
                EnumMappings.fromProblems(saved.getProblems()), EnumMappings.fromProblems(saved.getOverview()));
    }

    /** An event that does not depend on the command. */
    static Event fromAvro(Object event) {
        return switch (event) {
            case io.offerflow.avro.OfferCreated e ->
                    new Event.OfferCreated(EnumMappings.fromAvro(e.getOfferType()), e.getAlias());
            case io.offerflow.avro.SectionAssessed e -> new Event.SectionAssessed(EnumMappings.fromAvro(e.getSection()),
                    e.getRevision(), EnumMappings.fromProblems(e.getProblems()));
            case io.offerflow.avro.SubmissionSuperseded e -> new Event.SubmissionSuperseded(e.getSubmission());
            case io.offerflow.avro.PreviewReady e -> new Event.PreviewReady(e.getSubmission());
            case io.offerflow.avro.OfferSignedOff e -> new Event.OfferSignedOff(e.getSubmission());
            case io.offerflow.avro.OfferWentLive e -> new Event.OfferWentLive(e.getSubmission(), e.getVersion());
            case io.offerflow.avro.PublishCancelled e -> new Event.PublishCancelled(e.getSubmission());
            case io.offerflow.avro.DraftDeleted e -> new Event.DraftDeleted();
            case io.offerflow.avro.SellingStopRequested e -> new Event.SellingStopRequested(e.getEffectiveAt());
            case io.offerflow.avro.SubmissionWithdrawn e -> new Event.SubmissionWithdrawn(e.getSubmission());
            case io.offerflow.avro.SellingResumed e -> new Event.SellingResumed();
            case io.offerflow.avro.SellingStopped e -> new Event.SellingStopped();
            case io.offerflow.avro.PlanSellingStopRequested e ->
                    new Event.PlanSellingStopRequested(e.getPlanId(), e.getEffectiveAt());
            case io.offerflow.avro.PlanSellingResumed e -> new Event.PlanSellingResumed(e.getPlanId());
            case io.offerflow.avro.PlanSellingStopped e -> new Event.PlanSellingStopped(e.getPlanId());
            case io.offerflow.avro.PlanAcquired e -> new Event.PlanAcquired(e.getCustomerId(), e.getPlanId());
            case io.offerflow.avro.RemovalMoved e ->
                    new Event.RemovalMoved(e.getRequest(), RemovalState.valueOf(e.getState().name()));
            case io.offerflow.avro.PriceChangeScheduled e -> new Event.PriceChangeScheduled(e.getPlanId(),
                    e.getEffectiveAt(), ContentMapping.fromTerms(e.getCharged()));
            case io.offerflow.avro.PriceChangeDropped e -> new Event.PriceChangeDropped(e.getPlanId());
            case io.offerflow.avro.AudienceImported e ->
                    new Event.AudienceImported(e.getPlanId(), e.getGeneration(), e.getRevision());
            case io.offerflow.avro.AudienceSynced e ->
                    new Event.AudienceSynced(List.copyOf(e.getPlanIds()), e.getRevision());
            case io.offerflow.avro.AudienceSyncRequested e -> new Event.AudienceSyncRequested(
                    List.copyOf(e.getPlanIds()), e.getRevision(), e.getEffectiveAt());
            case io.offerflow.avro.AudienceSyncFailed e -> new Event.AudienceSyncFailed(List.copyOf(e.getPlanIds()));
            case io.offerflow.avro.PlanAssessed e ->
                    new Event.PlanAssessed(e.getPlanId(), EnumMappings.fromProblems(e.getProblems()));
            case io.offerflow.avro.PlanDeleted e -> new Event.PlanDeleted(e.getPlanId(), e.getRevision(),
                    EnumMappings.fromProblems(e.getOverview()));
            default -> throw new IllegalArgumentException(
                    "this release does not know the event " + event.getClass().getSimpleName());
        };
    }
}
