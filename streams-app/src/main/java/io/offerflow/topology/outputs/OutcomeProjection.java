package io.offerflow.topology.outputs;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.codec.EnumMappings;
import io.offerflow.codec.SourceRecord;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.List;

/** Topic command-outcomes: one outcome per input that could be read (V34). */
final class OutcomeProjection {

    private OutcomeProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        return transition.source().flatMap(origin -> transition.entry().envelope()
                .map(envelope -> List.of(OutputRow.of(outcome(transition, origin, envelope))))).orElse(List.of());
    }

    private static CommandOutcome outcome(Transition transition, SourceRecord source, CommandEnvelope envelope) {
        EnumMappings.OutcomeParts parts = EnumMappings.OutcomeParts.of(transition.entry().decision());
        OfferHeader header = transition.after().header();
        CommandOutcome outcome = new CommandOutcome();
        outcome.setCommandId(envelope.commandId());
        outcome.setCommand(envelope.command().name());
        outcome.setResult(parts.result().map(EnumMappings::toAvro).orElseThrow());
        outcome.setReason(parts.reason().map(EnumMappings::toAvro).orElse(null));
        outcome.setDetail(parts.detail().orElse(null));
        outcome.setCause(source.coordinates());
        outcome.setDecidedAt(transition.entry().clock());
        outcome.setSequence(header.sequence());
        outcome.setDraftVersion(header.revision());
        outcome.setSubmission(header.submission());
        outcome.setLiveVersion(header.liveVersion());
        outcome.setValidateOnly(envelope.validateOnly());
        outcome.setDownloadVersion(parts.download().orElse(null));
        outcome.setProblems(EnumMappings.problems(parts.problems()));
        outcome.setFirst(parts.first().map(OutcomeProjection::first).orElse(null));
        outcome.setRule(transition.entry().decision().rule().id());
        return outcome;
    }

    private static FirstAnswer first(Decision.OriginalOutcome first) {
        return new FirstAnswer(EnumMappings.toAvro(first.result()),
                first.reason().map(EnumMappings::toAvro).orElse(null),
                first.draftVersion());
    }
}
