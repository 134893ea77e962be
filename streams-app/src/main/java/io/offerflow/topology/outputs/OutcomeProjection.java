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

    static List<OutputRow> of(Transition moment) {
        return moment.origin().flatMap(origin -> moment.entry().envelope()
                .map(ask -> List.of(OutputRow.of(outcome(moment, origin, ask))))).orElse(List.of());
    }

    private static CommandOutcome outcome(Transition moment, SourceRecord origin, CommandEnvelope ask) {
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(moment.entry().decision());
        OfferHeader facts = moment.after().header();
        return new CommandOutcome(ask.commandId(), ask.command().name(),
                answer.result().map(EnumMappings::toAvro).orElseThrow(), answer.reason().map(EnumMappings::toAvro).orElse(null),
                answer.detail().orElse(null), origin.coordinates(), moment.entry().clock(), facts.sequence(),
                facts.revision(), facts.submission(), facts.liveVersion(), ask.validateOnly(),
                answer.download().orElse(null), EnumMappings.problems(answer.problems()),
                answer.first().map(OutcomeProjection::first).orElse(null), moment.entry().decision().rule().id());
    }

    private static FirstAnswer first(Decision.OriginalOutcome first) {
        return new FirstAnswer(EnumMappings.toAvro(first.result()), first.reason().map(EnumMappings::toAvro).orElse(null),
                first.draftVersion());
    }
}
