package io.offerflow.domain.state;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision.OriginalOutcome;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.state.row.CustomerRow;
import io.offerflow.domain.state.row.RecentCommands;
import io.offerflow.domain.state.row.RowKey;
import java.util.Optional;

/** Which answers are remembered, and where. */
final class CommandDeduplication {

    private CommandDeduplication() {
    }

    /** Remembers the answer, so that the same command id has no second effect (V31, B40, B41). */
    static OfferState remembered(OfferState state, Entry entry, boolean touched) {
        Optional<OriginalOutcome> answer = answer(entry.decision(), state.header().revision());
        if (entry.envelope().isEmpty() || entry.envelope().get().validateOnly() || answer.isEmpty()) {
            return state;
        }
        CommandEnvelope envelope = entry.envelope().get();
        return switch (envelope.command()) {
            case Command.ByPublisher command -> touched ? remember(state, envelope, answer.get()) : state;
            case Command.BySupport command -> touched ? remember(state, envelope, answer.get()) : state;
            case Command.ByPipeline command -> !touched ? state : withFacts(state, state.header().change(to ->
                    to.recentSteps = to.recentSteps.remember(envelope, answer.get(), RecentCommands.STEPS)));
            case Command.AcquirePlan command when answer.get().reason().equals(Optional.of(Reason.MALFORMED)) -> state;
            case Command.AcquirePlan command -> {
                CustomerRow customer = state.customer(command.planId(), command.customerId());
                yield new OfferState(state.key(), state.header(), state.rows().put(
                        new RowKey.CustomerKey(command.planId(), command.customerId()),
                        new CustomerRow(customer.entitlement(),
                                customer.recentCommands().remember(envelope, answer.get(), RecentCommands.CUSTOMER))));
            }
            case Command.DownloadOffer command -> state; // a read: asking again is harmless
        };
    }

    private static OfferState remember(OfferState state, CommandEnvelope envelope, OriginalOutcome answer) {
        return withFacts(state, state.header().change(to ->
                to.recentCommands = to.recentCommands.remember(envelope, answer, RecentCommands.COMMANDS)));
    }

    private static Optional<OriginalOutcome> answer(Decision decision, long draftVersion) {
        return switch (decision) {
            case Decision.Accepted accepted ->
                    Optional.of(new OriginalOutcome(OutcomeResult.ACCEPTED, Optional.empty(), draftVersion));
            case Decision.Rejected rejected when rejected.reason() == Reason.INTERNAL_ERROR
                    || rejected.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Ignored ignored when ignored.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Rejected rejected ->
                    Optional.of(new OriginalOutcome(OutcomeResult.REJECTED, Optional.of(rejected.reason()), draftVersion));
            case Decision.Ignored ignored ->
                    Optional.of(new OriginalOutcome(OutcomeResult.IGNORED, Optional.of(ignored.reason()), draftVersion));
            case Decision.Duplicate duplicate -> Optional.empty();
            case Decision.CommandIdReused reused -> Optional.empty();
            case Decision.TimePassed nothing -> Optional.empty();
        };
    }

    private static OfferState withFacts(OfferState state, OfferHeader header) {
        return new OfferState(state.key(), header, state.rows());
    }
}
