package io.offerflow.domain.state;

import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Decision.FirstAnswer;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Result;
import java.util.Optional;

/** Which answers are remembered, and where. */
final class Remembering {

    private Remembering() {
    }

    /** Remembers the answer, so that the same command id has no second effect (V31, B40, B41). */
    static OfferState remembered(OfferState state, Entry entry, boolean touched) {
        Optional<FirstAnswer> answer = answer(entry.decision(), state.facts().revision());
        if (entry.ask().isEmpty() || entry.ask().get().validateOnly() || answer.isEmpty()) {
            return state;
        }
        Ask ask = entry.ask().get();
        return switch (ask.command()) {
            case Command.ByPublisher command -> touched ? remember(state, ask, answer.get()) : state;
            case Command.BySupport command -> touched ? remember(state, ask, answer.get()) : state;
            case Command.ByPipeline command -> !touched ? state : withFacts(state, state.facts().change(to ->
                    to.steps = to.steps.remember(ask, answer.get(), AnswerMemory.STEPS)));
            case Command.AcquirePlan command when answer.get().reason().equals(Optional.of(Reason.MALFORMED)) -> state;
            case Command.AcquirePlan command -> {
                Row.Customer customer = state.customer(command.planId(), command.customerId());
                yield new OfferState(state.key(), state.facts(), state.rows().put(
                        new Row.CustomerKey(command.planId(), command.customerId()),
                        new Row.Customer(customer.entitlement(),
                                customer.answers().remember(ask, answer.get(), AnswerMemory.CUSTOMER))));
            }
            case Command.DownloadOffer command -> state; // a read: asking again is harmless
        };
    }

    private static OfferState remember(OfferState state, Ask ask, FirstAnswer answer) {
        return withFacts(state, state.facts().change(to ->
                to.commands = to.commands.remember(ask, answer, AnswerMemory.COMMANDS)));
    }

    private static Optional<FirstAnswer> answer(Decision decision, long draftVersion) {
        return switch (decision) {
            case Decision.Accepted accepted ->
                    Optional.of(new FirstAnswer(Result.ACCEPTED, Optional.empty(), draftVersion));
            case Decision.Rejected rejected when rejected.reason() == Reason.INTERNAL_ERROR
                    || rejected.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Ignored ignored when ignored.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Rejected rejected ->
                    Optional.of(new FirstAnswer(Result.REJECTED, Optional.of(rejected.reason()), draftVersion));
            case Decision.Ignored ignored ->
                    Optional.of(new FirstAnswer(Result.IGNORED, Optional.of(ignored.reason()), draftVersion));
            case Decision.Duplicate duplicate -> Optional.empty();
            case Decision.Reused reused -> Optional.empty();
            case Decision.Nothing nothing -> Optional.empty();
        };
    }

    private static OfferState withFacts(OfferState state, OfferFacts facts) {
        return new OfferState(state.key(), facts, state.rows());
    }
}
