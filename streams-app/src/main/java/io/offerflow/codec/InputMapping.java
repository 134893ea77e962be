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

/** Maps the envelopes of the contract to command envelopes. Not safe for use by several threads. */
public final class InputMapping {

    private final PayloadDigest digest = new PayloadDigest();

    /** The key in the fields of an envelope, and its command. */
    public record DecodedInput(OfferKey key, CommandEnvelope envelope) {
    }

    /** The command in a value of an input topic. */
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
        return new DecodedInput(new OfferKey(publisherId, offerId),
                new CommandEnvelope(commandId, actor, expectedVersion, validateOnly,
                digest.of((IndexedRecord) payload, expectedVersion.orElse(-1L)), command(payload)));
    }

    private static Command command(Object payload) {
        return switch (payload) {
            case io.offerflow.avro.CreateOffer command ->
                    new Command.CreateOffer(command.getOfferType(), command.getAlias());
            case io.offerflow.avro.SaveSection command -> new Command.SaveSection(command.getSection(),
                    Optional.ofNullable(command.getContent()).map(ContentMapping::fromAvro));
            case io.offerflow.avro.SubmitOffer command ->
                    new Command.SubmitOffer(Optional.ofNullable(command.getNotesForCertification()));
            case io.offerflow.avro.GoLive command -> new Command.GoLive(Optional.ofNullable(command.getSubmission()));
            case io.offerflow.avro.CancelPublish command -> new Command.CancelPublish(command.getConfirmed());
            case io.offerflow.avro.DeleteDraft command -> new Command.DeleteDraft(command.getConfirmed());
            case io.offerflow.avro.StopSellingOffer command ->
                    new Command.StopSellingOffer(Optional.ofNullable(command.getNotBefore()), command.getConfirmed());
            case io.offerflow.avro.StopSellingPlan command -> new Command.StopSellingPlan(command.getPlanId(),
                    Optional.ofNullable(command.getNotBefore()), command.getConfirmed());
            case io.offerflow.avro.ResumeSelling command ->
                    new Command.ResumeSelling(Optional.ofNullable(command.getPlanId()));
            case io.offerflow.avro.RequestRemoval command -> new Command.RequestRemoval(command.getProblemType(),
                    command.getCategory(), Optional.ofNullable(command.getExplanation()));
            case io.offerflow.avro.AnswerRemoval command ->
                    new Command.AnswerRemoval(command.getRequest(), command.getAnswer());
            case io.offerflow.avro.WithdrawRemoval command -> new Command.WithdrawRemoval(command.getRequest());
            case io.offerflow.avro.CreatePlan command -> new Command.CreatePlan(command.getPlanId(),
                    new PlanChange(ContentMapping.fields(command.getPlan()), List.of()));
            case io.offerflow.avro.UpdatePlan command -> new Command.UpdatePlan(command.getPlanId(),
                    new PlanChange(ContentMapping.fields(command.getChanges()), List.copyOf(command.getClear())),
                    Optional.ofNullable(command.getRelist()));
            case io.offerflow.avro.DeleteDraftPlan command ->
                    new Command.DeleteDraftPlan(command.getPlanId(), command.getConfirmed());
            case io.offerflow.avro.AddAudienceId command ->
                    new Command.AddAudienceId(command.getPlanId(), command.getId(),
                    command.getType(), Optional.ofNullable(command.getLabel()));
            case io.offerflow.avro.RemoveAudienceId command ->
                    new Command.RemoveAudienceId(command.getPlanId(), command.getId());
            case io.offerflow.avro.ImportAudience command -> new Command.ImportAudience(command.getPlanId(),
                    command.getImportId(), command.getIndex(), command.getChunks(), command.getTotal(),
                    Optional.ofNullable(command.getDigest()), command.getRows().stream().map(row ->
                            new Command.AudienceRow(row.getId(), row.getType(), Optional.ofNullable(row.getLabel()),
                                    row.getLine())).toList(), command.getConfirmed());
            case io.offerflow.avro.SyncPrivateAudience command ->
                    new Command.SyncPrivateAudience(List.copyOf(command.getPlanIds()));
            case io.offerflow.avro.ReportStepSucceeded command ->
                    new Command.ReportStepSucceeded(command.getSubmission(),
                    command.getStep(), messages(command.getMessages()));
            case io.offerflow.avro.ReportStepFailed command -> new Command.ReportStepFailed(command.getSubmission(),
                    command.getStep(), messages(command.getMessages()));
            case io.offerflow.avro.AcquirePlan command ->
                    new Command.AcquirePlan(command.getCustomerId(), command.getPlanId());
            case io.offerflow.avro.DownloadOffer command ->
                    new Command.DownloadOffer(command.getCustomerId(), command.getPlanId());
            case io.offerflow.avro.TakeRemovalRequest command -> new Command.TakeRemovalRequest(command.getRequest());
            case io.offerflow.avro.AskPublisher command ->
                    new Command.AskPublisher(command.getRequest(), command.getQuestion());
            case io.offerflow.avro.CompleteRemoval command -> new Command.CompleteRemoval(command.getRequest());
            case io.offerflow.avro.RejectRemoval command ->
                    new Command.RejectRemoval(command.getRequest(), command.getExplanation());
            default -> throw new IllegalArgumentException("no command is of type " + payload.getClass());
        };
    }

    private static List<StepMessage> messages(List<io.offerflow.avro.StepMessage> given) {
        return given.stream().map(message -> new StepMessage(message.getCode(), message.getText())).toList();
    }
}
