package io.offerflow.codec;

import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SupportDecision;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.StepMessage;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Envelopes of the contract to what the domain is asked. Not safe for use by several threads. */
public final class InputMapping {

    private final PayloadDigest digest = new PayloadDigest();

    /** An envelope's key, as its fields say, and what it asks. */
    public record DecodedInput(OfferKey key, CommandEnvelope envelope) {
    }

    /** What a value of an input topic asks. */
    public DecodedInput fromAvro(IndexedRecord value) {
        return switch (value) {
            case OfferCommand sent -> envelope(sent.getPublisherId(), sent.getOfferId(), sent.getCommandId(),
                    sent.getActor(), Optional.ofNullable(sent.getExpectedVersion()), sent.getValidateOnly(),
                    sent.getPayload());
            case StepResult sent -> envelope(sent.getPublisherId(), sent.getOfferId(), sent.getCommandId(),
                    sent.getActor(), Optional.empty(), sent.getValidateOnly(), sent.getPayload());
            case CustomerRequest sent -> envelope(sent.getPublisherId(), sent.getOfferId(), sent.getCommandId(),
                    sent.getActor(), Optional.empty(), sent.getValidateOnly(), sent.getPayload());
            case SupportDecision sent -> envelope(sent.getPublisherId(), sent.getOfferId(), sent.getCommandId(),
                    sent.getActor(), Optional.empty(), sent.getValidateOnly(), sent.getPayload());
            default -> throw new IllegalArgumentException("no input topic carries " + value.getSchema().getFullName());
        };
    }

    private DecodedInput envelope(String publisherId, String offerId, String commandId, String actor,
            Optional<Long> expectedVersion, boolean validateOnly, Object payload) {
        return new DecodedInput(new OfferKey(publisherId, offerId), new CommandEnvelope(commandId, actor, expectedVersion, validateOnly,
                digest.of((IndexedRecord) payload, expectedVersion.orElse(-1L)), command(payload)));
    }

    private static Command command(Object payload) {
        return switch (payload) {
            case io.offerflow.avro.CreateOffer asked -> new Command.CreateOffer(asked.getOfferType(), asked.getAlias());
            case io.offerflow.avro.SaveSection asked -> new Command.SaveSection(asked.getSection(),
                    Optional.ofNullable(asked.getContent()).map(ContentMapping::fromAvro));
            case io.offerflow.avro.SubmitOffer asked ->
                    new Command.SubmitOffer(Optional.ofNullable(asked.getNotesForCertification()));
            case io.offerflow.avro.GoLive asked -> new Command.GoLive(Optional.ofNullable(asked.getSubmission()));
            case io.offerflow.avro.CancelPublish asked -> new Command.CancelPublish(asked.getConfirmed());
            case io.offerflow.avro.DeleteDraft asked -> new Command.DeleteDraft(asked.getConfirmed());
            case io.offerflow.avro.StopSellingOffer asked ->
                    new Command.StopSellingOffer(Optional.ofNullable(asked.getNotBefore()), asked.getConfirmed());
            case io.offerflow.avro.StopSellingPlan asked -> new Command.StopSellingPlan(asked.getPlanId(),
                    Optional.ofNullable(asked.getNotBefore()), asked.getConfirmed());
            case io.offerflow.avro.ResumeSelling asked ->
                    new Command.ResumeSelling(Optional.ofNullable(asked.getPlanId()));
            case io.offerflow.avro.RequestRemoval asked -> new Command.RequestRemoval(asked.getProblemType(),
                    asked.getCategory(), Optional.ofNullable(asked.getExplanation()));
            case io.offerflow.avro.AnswerRemoval asked ->
                    new Command.AnswerRemoval(asked.getRequest(), asked.getAnswer());
            case io.offerflow.avro.WithdrawRemoval asked -> new Command.WithdrawRemoval(asked.getRequest());
            case io.offerflow.avro.CreatePlan asked -> new Command.CreatePlan(asked.getPlanId(),
                    new PlanChange(ContentMapping.fields(asked.getPlan()), List.of()));
            case io.offerflow.avro.UpdatePlan asked -> new Command.UpdatePlan(asked.getPlanId(),
                    new PlanChange(ContentMapping.fields(asked.getChanges()), List.copyOf(asked.getClear())),
                    Optional.ofNullable(asked.getRelist()));
            case io.offerflow.avro.DeleteDraftPlan asked ->
                    new Command.DeleteDraftPlan(asked.getPlanId(), asked.getConfirmed());
            case io.offerflow.avro.AddAudienceId asked -> new Command.AddAudienceId(asked.getPlanId(), asked.getId(),
                    asked.getType(), Optional.ofNullable(asked.getLabel()));
            case io.offerflow.avro.RemoveAudienceId asked ->
                    new Command.RemoveAudienceId(asked.getPlanId(), asked.getId());
            case io.offerflow.avro.ImportAudience asked -> new Command.ImportAudience(asked.getPlanId(),
                    asked.getImportId(), asked.getIndex(), asked.getChunks(), asked.getTotal(),
                    Optional.ofNullable(asked.getDigest()), asked.getRows().stream().map(row ->
                            new Command.AudienceRow(row.getId(), row.getType(), Optional.ofNullable(row.getLabel()),
                                    row.getLine())).toList(), asked.getConfirmed());
            case io.offerflow.avro.SyncPrivateAudience asked ->
                    new Command.SyncPrivateAudience(List.copyOf(asked.getPlanIds()));
            case io.offerflow.avro.ReportStepSucceeded asked -> new Command.ReportStepSucceeded(asked.getSubmission(),
                    asked.getStep(), messages(asked.getMessages()));
            case io.offerflow.avro.ReportStepFailed asked -> new Command.ReportStepFailed(asked.getSubmission(),
                    asked.getStep(), messages(asked.getMessages()));
            case io.offerflow.avro.AcquirePlan asked ->
                    new Command.AcquirePlan(asked.getCustomerId(), asked.getPlanId());
            case io.offerflow.avro.DownloadOffer asked ->
                    new Command.DownloadOffer(asked.getCustomerId(), asked.getPlanId());
            case io.offerflow.avro.TakeRemovalRequest asked -> new Command.TakeRemovalRequest(asked.getRequest());
            case io.offerflow.avro.AskPublisher asked ->
                    new Command.AskPublisher(asked.getRequest(), asked.getQuestion());
            case io.offerflow.avro.CompleteRemoval asked -> new Command.CompleteRemoval(asked.getRequest());
            case io.offerflow.avro.RejectRemoval asked ->
                    new Command.RejectRemoval(asked.getRequest(), asked.getExplanation());
            default -> throw new IllegalArgumentException("no command is of type " + payload.getClass());
        };
    }

    private static List<StepMessage> messages(List<io.offerflow.avro.StepMessage> given) {
        return given.stream().map(message -> new StepMessage(message.getCode(), message.getText())).toList();
    }
}
