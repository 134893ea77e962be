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

/** Topic command-outcomes: one answer to each input that could be read (V34). */
final class OutcomeProjection {

    private OutcomeProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        return transition.source().flatMap(origin -> transition.entry().envelope()
                .map(envelope -> List.of(OutputRow.of(outcome(transition, origin, envelope))))).orElse(List.of());
    }

    private static CommandOutcome outcome(Transition transition, SourceRecord origin, CommandEnvelope envelope) {
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(transition.entry().decision());
        OfferHeader header = transition.after().header();
        return new CommandOutcome(envelope.commandId(), envelope.command().name(),
                answer.result().map(EnumMappings::toAvro).orElseThrow(), answer.reason().map(EnumMappings::toAvro).orElse(null),
                answer.detail().orElse(null), origin.coordinates(), transition.entry().clock(), header.sequence(),
                header.revision(), header.submission(), header.liveVersion(), envelope.validateOnly(),
                answer.download().orElse(null), EnumMappings.problems(answer.problems()),
                answer.first().map(OutcomeProjection::first).orElse(null), transition.entry().decision().rule().id());
    }

    private static FirstAnswer first(Decision.OriginalOutcome first) {
        return new FirstAnswer(EnumMappings.toAvro(first.result()), first.reason().map(EnumMappings::toAvro).orElse(null),
                first.draftVersion());
    }
}
