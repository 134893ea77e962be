package io.offerflow.domain;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision.OriginalOutcome;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry.DueEvent;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.rules.CommandValidator;
import io.offerflow.domain.rules.OfferDecider;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StopSell;
import io.offerflow.domain.state.row.RecentCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns commands and the passing of time into entries: advances the offer past its due times, then decides. Pure: the
 * same state, command and policy give the same entry on every machine and at any time; it reads no clock.
 */
public final class OfferEngine {

    /**
     * Obsolete audience rows are deleted in bounded batches with every entry; of an idle offer, one batch in each scan
     * for due times, from this time after its last entry on.
     */
    private static final Duration CLEANUP_DELAY = Duration.ofSeconds(1);

    private final OfferDecider decider;
    private final CommandValidator validator;

    public OfferEngine(Policy policy) {
        this.decider = new OfferDecider(policy);
        this.validator = new CommandValidator(policy.limits());
    }

    /**
     * Decides a command.
     *
     * @param appendedAt when the broker appended the input; an earlier time than the offer's clock counts as the clock
     * @return the entry for the journal: due events first, then the decision; a refusal is a decision, not an exception
     */
    public Entry decide(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
        OfferHeader header = offer.header();
        Instant now = latest(appendedAt, header.clock()); // B44
        Optional<Decision> malformed = validator.validate(envelope);
        if (malformed.isPresent()) {
            return new Entry(header.sequence(), now, Optional.of(envelope), List.of(), malformed.get());
        }
        List<DueEvent> due = due(offer, now);
        OfferState advanced = advanced(offer, due);
        Decision decision = duplicate(advanced, envelope).or(() -> conflict(advanced, envelope))
                .orElseGet(() -> decider.decide(advanced, envelope.command(), now));
        Decision effective = envelope.validateOnly() && decision instanceof Decision.Accepted accepted
                ? new Decision.Accepted(accepted.rule(), List.of(), accepted.download()) : decision;
        boolean touched = !due.isEmpty() || touches(advanced.header(), envelope, effective);
        return new Entry(header.sequence() + (touched ? 1 : 0), now, Optional.of(envelope), due, effective);
    }

    /** Whether an entry changes the header row: a customer's request changes only the customer's row. */
    private static boolean touches(OfferHeader header, CommandEnvelope envelope, Decision decision) {
        if (envelope.command() instanceof Command.ByCustomer) {
            return false;
        }
        boolean unknown = decision instanceof Decision.Rejected no && no.reason() == Reason.OFFER_NOT_FOUND
                || decision instanceof Decision.Ignored over && over.reason() == Reason.OFFER_NOT_FOUND;
        return !unknown && (header.exists() || header.everLive() || !decision.events().isEmpty());
    }

    /**
     * Advances an offer that gets no commands.
     *
     * @param until due times up to and including this one are applied
     * @return the entry for the journal; empty if nothing is due
     */
    public Optional<Entry> advance(OfferState offer, Instant until) {
        Instant now = latest(until, offer.header().clock());
        List<DueEvent> due = due(offer, now);
        if (due.isEmpty() && !offer.header().audience().leftovers()) {
            return Optional.empty();
        }
        Instant at = due.isEmpty() ? offer.header().clock() : now; // B44: a cleanup is no event
        return Optional.of(new Entry(offer.header().sequence() + 1, at, Optional.empty(), due,
                new Decision.TimePassed()));
    }

    /**
     * When the offer has to be advanced next.
     *
     * @return the earliest due time or the next cleanup of audience rows; empty if nothing is pending
     */
    public static Optional<Instant> nextDue(OfferHeader header) {
        List<Instant> due = new ArrayList<>(2);
        if (header.exists()) {
            header.audience().syncDue().ifPresent(due::add);
            due.addAll(header.planStops().values());
            pendingStop(header).ifPresent(due::add);
        }
        if (header.audience().leftovers()) {
            due.add(header.clock().plus(CLEANUP_DELAY));
        }
        return due.isEmpty() ? Optional.empty() : Optional.of(Collections.min(due));
    }

    /** The events that fall due at or before an instant, oldest first. */
    private static List<DueEvent> due(OfferState offer, Instant now) {
        if (!hasPending(offer.header())) {
            return List.of();
        }
        List<DueEvent> due = new ArrayList<>();
        OfferState state = offer;
        Optional<DueEvent> next = next(state);
        while (next.filter(found -> !found.at().isAfter(now)).isPresent()) { // B43: due at or before now comes first
            due.add(next.get());
            state = OfferEvolver.apply(state, next.get().event(), next.get().at());
            next = next(state);
        }
        return List.copyOf(due);
    }

    /** Whether anything is pending: most offers have nothing pending, so this check comes first. */
    private static boolean hasPending(OfferHeader header) {
        return header.stopPending() || !header.planStops().isEmpty() || header.audience().syncDue().isPresent();
    }

    /**
     * B43: of the events that fall due at the same instant, audience syncs come first, then stops of plans by plan id,
     * then the stop of the offer. Nothing else falls due: sign-off has no deadline (O20, D19).
     */
    private static Optional<DueEvent> next(OfferState offer) {
        OfferHeader header = offer.header();
        Stream<DueEvent> syncs = header.audience().syncDue().stream().flatMap(at -> offer.dueSync().map(sync ->
                new DueEvent(at, sync instanceof Event.AudienceSyncFailed ? Rule.A11 : Rule.A9, sync)).stream());
        Stream<DueEvent> plans = header.planStops().entrySet().stream()
                .map(stop -> new DueEvent(stop.getValue(), Rule.P10, new Event.PlanSellingStopped(stop.getKey())));
        Stream<DueEvent> offerStop =
                pendingStop(header).stream().map(at -> new DueEvent(at, Rule.O26, new Event.SellingStopped()));
        return header.exists()
                ? Stream.of(syncs, plans, offerStop).flatMap(due -> due).min(Comparator.comparing(DueEvent::at))
                : Optional.empty();
    }

    private static Optional<Instant> pendingStop(OfferHeader header) {
        return header.stop().filter(stop -> !stop.done()).map(StopSell::effectiveAt);
    }

    private static OfferState advanced(OfferState offer, List<DueEvent> due) {
        OfferState state = offer;
        for (DueEvent event : due) {
            state = OfferEvolver.apply(state, event.event(), event.at());
        }
        return state;
    }

    /**
     * B13: command ids are kept when an offer is deleted; B41: a dry run is never a duplicate; B73: the pipeline has
     * command ids of its own.
     */
    private static Optional<Decision> duplicate(OfferState offer, CommandEnvelope envelope) {
        if (envelope.validateOnly()) {
            return Optional.empty();
        }
        RecentCommands recent = switch (envelope.command()) {
            case Command.ByPipeline result -> offer.header().recentSteps();
            case Command.AcquirePlan acquire -> offer.customer(acquire.planId(), acquire.customerId()).recentCommands();
            case Command.DownloadOffer read -> RecentCommands.EMPTY;
            case Command.ByPublisher command -> offer.header().recentCommands();
            case Command.BySupport decision -> offer.header().recentCommands();
        };
        return recent.find(envelope.commandId()).map(known -> known.digest() == envelope.digest()
                ? new Decision.Duplicate(known.answer()) : reused(envelope, known.answer()));
    }

    private static Decision reused(CommandEnvelope envelope, OriginalOutcome first) {
        return new Decision.CommandIdReused(RootLocaleText.format("Expected a repeat of the command that id %s was "
                + "used for, but the content differs. Send another command under an id of its own.",
                envelope.commandId()), first);
    }

    /** The refusal of a command that expects another draft version; a deleted offer keeps its version (B71). */
    private static Optional<Decision> conflict(OfferState offer, CommandEnvelope envelope) {
        OfferHeader header = offer.header();
        return envelope.expectedVersion()
                .filter(expected -> OfferDecider.takes(header, envelope.command()) && expected != header.revision())
                .map(expected -> Decision.reject(Rule.V32, Reason.VERSION_CONFLICT,
                        "Expected draft version %d, but it is %d. Look at the draft again and decide again.", expected,
                        header.revision()));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
