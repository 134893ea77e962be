package io.offerflow.topology.outputs;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.codec.Origin;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Ask;
import io.offerflow.domain.Decision;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.List;

/** Topic command-outcomes: one answer to each input that could be read (V34). */
final class Outcomes {

    private Outcomes() {
    }

    static List<Projected> of(Moment moment) {
        return moment.origin().flatMap(origin -> moment.entry().ask()
                .map(ask -> List.of(Projected.of(outcome(moment, origin, ask))))).orElse(List.of());
    }

    private static CommandOutcome outcome(Moment moment, Origin origin, Ask ask) {
        Shared.Answer answer = Shared.Answer.of(moment.entry().decision());
        OfferFacts facts = moment.after().facts();
        return new CommandOutcome(ask.commandId(), ask.command().name(),
                answer.result().map(Shared::toAvro).orElseThrow(), answer.reason().map(Shared::toAvro).orElse(null),
                answer.detail().orElse(null), origin.coordinates(), moment.entry().now(), facts.sequence(),
                facts.revision(), facts.submission(), facts.liveVersion(), ask.validateOnly(),
                answer.download().orElse(null), Shared.problems(answer.problems()),
                answer.first().map(Outcomes::first).orElse(null), moment.entry().decision().rule().id());
    }

    private static FirstAnswer first(Decision.FirstAnswer first) {
        return new FirstAnswer(Shared.toAvro(first.result()), first.reason().map(Shared::toAvro).orElse(null),
                first.draftVersion());
    }
}
