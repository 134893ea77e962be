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
 * Takes inputs and the passing of time, and says which entry follows: advance, then decide. The same state, input and
 * policy give the same entry, wherever and whenever; it reads no clock.
 */
public final class OfferEngine {

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

    private final OfferDecider lifecycle;
    private final CommandValidator arguments;

    public OfferEngine(Policy policy) {
        this.lifecycle = new OfferDecider(policy);
        this.arguments = new CommandValidator(policy.limits());
    }

    /**
     * The entry that an input makes.
     *
     * @param appendedAt when the broker appended the input
     */
    public Entry decide(OfferState offer, CommandEnvelope ask, Instant appendedAt) {
        OfferHeader facts = offer.header();
        Instant now = later(appendedAt, facts.clock()); // B44
        Optional<Decision> malformed = arguments.validate(ask);
        if (malformed.isPresent()) {
            return new Entry(facts.sequence(), now, Optional.of(ask), List.of(), malformed.get());
        }
        List<DueEvent> due = due(offer, now);
        OfferState advanced = advanced(offer, due);
        Decision decision = repeated(advanced, ask).or(() -> conflict(advanced, ask))
                .orElseGet(() -> lifecycle.decide(advanced, ask.command(), now));
        Decision effective = ask.validateOnly() && decision instanceof Decision.Accepted accepted
                ? new Decision.Accepted(accepted.rule(), List.of(), accepted.download()) : decision;
        boolean touched = !due.isEmpty() || touches(advanced.header(), ask, effective);
        return new Entry(facts.sequence() + (touched ? 1 : 0), now, Optional.of(ask), due, effective);
    }

    /** Whether an entry changes the offer's own row: a customer's request changes only the customer's. */
    private static boolean touches(OfferHeader facts, CommandEnvelope ask, Decision decision) {
        if (ask.command() instanceof Command.ByCustomer) {
            return false;
        }
        boolean unknown = decision instanceof Decision.Rejected no && no.reason() == Reason.OFFER_NOT_FOUND
                || decision instanceof Decision.Ignored over && over.reason() == Reason.OFFER_NOT_FOUND;
        return !unknown && (facts.exists() || facts.everLive() || !decision.events().isEmpty());
    }

    /** The entry that the passing of time makes, if anything fell due at or before {@code until}. */
    public Optional<Entry> advance(OfferState offer, Instant until) {
        Instant now = later(until, offer.header().clock());
        List<DueEvent> due = due(offer, now);
        boolean sweeps = offer.header().audience().leftovers() && !now.isBefore(sweepDue(offer.header()));
        return due.isEmpty() && !sweeps ? Optional.empty() : Optional.of(new Entry(offer.header().sequence() + 1, now,
                Optional.empty(), due, new Decision.TimePassed()));
    }

    /** When something falls due next, or there is something left to tidy up. */
    public static Optional<Instant> nextDue(OfferHeader facts) {
        List<Instant> due = new ArrayList<>(2);
        if (facts.exists()) {
            facts.audience().syncDue().ifPresent(due::add);
            due.addAll(facts.planStops().values());
            pendingStop(facts).ifPresent(due::add);
        }
        if (facts.audience().leftovers()) {
            due.add(sweepDue(facts));
        }
        return due.isEmpty() ? Optional.empty() : Optional.of(Collections.min(due));
    }

    /** What is left of audiences goes with every entry; of an offer nobody speaks to, a step a second. */
    private static Instant sweepDue(OfferHeader facts) {
        return facts.clock().plus(SWEEP_EVERY);
    }

    /** What falls due at or before an instant, oldest first. */
    private static List<DueEvent> due(OfferState offer, Instant now) {
        if (!mayBeDue(offer.header())) {
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

    /** Whether anything is pending at all: of most offers nothing is. */
    private static boolean mayBeDue(OfferHeader facts) {
        return facts.stopPending() || !facts.planStops().isEmpty() || facts.audience().syncDue().isPresent();
    }

    /**
     * B43: of what falls due at one instant, syncs of audiences come first, then plan stops, by plan id, then the offer's
     * stop. Nothing else ever falls due: sign-off waits as long as it takes (O20, D19).
     */
    private static Optional<DueEvent> next(OfferState offer) {
        OfferHeader facts = offer.header();
        Stream<DueEvent> syncs = facts.audience().syncDue().stream().flatMap(at -> offer.dueSync().map(sync ->
                new DueEvent(at, sync instanceof Event.AudienceSyncFailed ? Rule.A11 : Rule.A9, sync)).stream());
        Stream<DueEvent> plans = facts.planStops().entrySet().stream()
                .map(stop -> new DueEvent(stop.getValue(), Rule.P10, new Event.PlanSellingStopped(stop.getKey())));
        Stream<DueEvent> whole = pendingStop(facts).stream().map(at -> new DueEvent(at, Rule.O26, new Event.SellingStopped()));
        return facts.exists() ? Stream.of(syncs, plans, whole).flatMap(due -> due).min(Comparator.comparing(DueEvent::at))
                : Optional.empty();
    }

    private static Optional<Instant> pendingStop(OfferHeader facts) {
        return facts.stop().filter(stop -> !stop.done()).map(StopSell::effectiveAt);
    }

    private static OfferState advanced(OfferState offer, List<DueEvent> due) {
        OfferState state = offer;
        for (DueEvent happened : due) {
            state = OfferEvolver.apply(state, happened.event(), happened.at());
        }
        return state;
    }

    /** B13: remembered ids outlive a deletion; B41: a dry run is never a repeat. */
    private static Optional<Decision> repeated(OfferState offer, CommandEnvelope ask) {
        if (ask.validateOnly()) {
            return Optional.empty();
        }
        RecentCommands memory = switch (ask.command()) {
            case Command.ByPipeline result -> offer.header().recentSteps();
            case Command.AcquirePlan acquire -> offer.customer(acquire.planId(), acquire.customerId()).recentCommands();
            case Command.DownloadOffer read -> RecentCommands.EMPTY;
            case Command.ByPublisher command -> offer.header().recentCommands();
            case Command.BySupport decision -> offer.header().recentCommands();
        };
        return memory.find(ask.commandId()).map(known -> known.digest() == ask.digest()
                ? new Decision.Duplicate(known.answer()) : reused(ask, known.answer()));
    }

    private static Decision reused(CommandEnvelope ask, OriginalOutcome first) {
        return new Decision.CommandIdReused(RootLocaleText.format("Expected a repeat of the command that id %s was used for, but the "
                + "content differs. Send another command under an id of its own.", ask.commandId()), first);
    }

    /** The sender looked at another draft. */
    private static Optional<Decision> conflict(OfferState offer, CommandEnvelope ask) {
        OfferHeader facts = offer.header();
        return ask.expectedVersion().filter(expected -> facts.exists() && expected != facts.revision())
                .map(expected -> Decision.reject(Rule.V32, Reason.VERSION_CONFLICT,
                        "Expected draft version %d, but it is %d. Look at the draft again and decide anew.", expected,
                        facts.revision()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
