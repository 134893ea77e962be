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

/** Keeps the outcomes of recent commands, so that a command takes effect once: in the header, or in a customer row. */
final class CommandDeduplication {

    private CommandDeduplication() {
    }

    /** Adds the outcome of an entry to the recent commands (V31, B40, B41). */
    static OfferState remembered(OfferState state, Entry entry, boolean touched) {
        Optional<OriginalOutcome> outcome = outcome(entry.decision(), state.header().revision());
        if (entry.envelope().isEmpty() || entry.envelope().get().validateOnly() || outcome.isEmpty()) {
            return state;
        }
        CommandEnvelope envelope = entry.envelope().get();
        return switch (envelope.command()) {
            case Command.ByPublisher command -> touched ? remember(state, envelope, outcome.get()) : state;
            case Command.BySupport command -> touched ? remember(state, envelope, outcome.get()) : state;
            case Command.ByPipeline command -> !touched ? state : withHeader(state, state.header().change(to ->
                    to.recentSteps = to.recentSteps.remember(envelope, outcome.get(), RecentCommands.STEPS)));
            case Command.AcquirePlan command when outcome.get().reason().equals(Optional.of(Reason.MALFORMED)) -> state;
            case Command.AcquirePlan command -> {
                CustomerRow customer = state.customer(command.planId(), command.customerId());
                yield new OfferState(state.key(), state.header(), state.rows().put(
                        new RowKey.CustomerKey(command.planId(), command.customerId()),
                        new CustomerRow(customer.entitlement(),
                                customer.recentCommands().remember(envelope, outcome.get(), RecentCommands.CUSTOMER))));
            }
            case Command.DownloadOffer command -> state; // a read: repeating it is harmless
        };
    }

    private static OfferState remember(OfferState state, CommandEnvelope envelope, OriginalOutcome outcome) {
        return withHeader(state, state.header().change(to ->
                to.recentCommands = to.recentCommands.remember(envelope, outcome, RecentCommands.COMMANDS)));
    }

    private static Optional<OriginalOutcome> outcome(Decision decision, long draftVersion) {
        return switch (decision) {
            case Decision.Accepted accepted ->
                    Optional.of(new OriginalOutcome(OutcomeResult.ACCEPTED, Optional.empty(), draftVersion));
            case Decision.Rejected rejected when rejected.reason() == Reason.INTERNAL_ERROR
                    || rejected.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Ignored ignored when ignored.reason() == Reason.OFFER_NOT_FOUND -> Optional.empty();
            case Decision.Rejected rejected ->
                    Optional.of(new OriginalOutcome(OutcomeResult.REJECTED, Optional.of(rejected.reason()),
                            draftVersion));
            case Decision.Ignored ignored ->
                    Optional.of(new OriginalOutcome(OutcomeResult.IGNORED, Optional.of(ignored.reason()),
                            draftVersion));
            case Decision.Duplicate duplicate -> Optional.empty();
            case Decision.CommandIdReused reused -> Optional.empty();
            case Decision.TimePassed nothing -> Optional.empty();
        };
    }

    private static OfferState withHeader(OfferState state, OfferHeader header) {
        return new OfferState(state.key(), header, state.rows());
    }
}
