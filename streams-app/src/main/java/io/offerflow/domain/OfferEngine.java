package io.offerflow.domain;

import io.offerflow.domain.Decision.FirstAnswer;
import io.offerflow.domain.Entry.Due;
import io.offerflow.domain.state.AnswerMemory;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Stop;
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

    private final Lifecycle lifecycle;
    private final Arguments arguments;

    public OfferEngine(Policy policy) {
        this.lifecycle = new Lifecycle(policy);
        this.arguments = new Arguments(policy.limits());
    }

    /**
     * The entry that an input makes.
     *
     * @param appendedAt when the broker appended the input
     */
    public Entry take(OfferState offer, Ask ask, Instant appendedAt) {
        OfferFacts facts = offer.facts();
        Instant now = later(appendedAt, facts.clock()); // B44
        Optional<Decision> malformed = arguments.fault(ask);
        if (malformed.isPresent()) {
            return new Entry(facts.sequence(), now, Optional.of(ask), List.of(), malformed.get());
        }
        List<Due> due = due(offer, now);
        OfferState advanced = advanced(offer, due);
        Decision decision = repeated(advanced, ask).or(() -> conflict(advanced, ask))
                .orElseGet(() -> lifecycle.decide(advanced, ask.command(), now));
        Decision effective = ask.validateOnly() && decision instanceof Decision.Accepted accepted
                ? new Decision.Accepted(accepted.rule(), List.of(), accepted.download()) : decision;
        boolean touched = !due.isEmpty() || touches(advanced.facts(), ask, effective);
        return new Entry(facts.sequence() + (touched ? 1 : 0), now, Optional.of(ask), due, effective);
    }

    /** Whether an entry changes the offer's own row: a customer's request changes only the customer's. */
    private static boolean touches(OfferFacts facts, Ask ask, Decision decision) {
        if (ask.command() instanceof Command.ByCustomer) {
            return false;
        }
        boolean unknown = decision instanceof Decision.Rejected no && no.reason() == Reason.OFFER_NOT_FOUND
                || decision instanceof Decision.Ignored over && over.reason() == Reason.OFFER_NOT_FOUND;
        return !unknown && (facts.exists() || facts.everLive() || !decision.events().isEmpty());
    }

    /** The entry that the passing of time makes, if anything fell due at or before {@code until}. */
    public Optional<Entry> advance(OfferState offer, Instant until) {
        Instant now = later(until, offer.facts().clock());
        List<Due> due = due(offer, now);
        boolean sweeps = offer.facts().audience().leftovers() && !now.isBefore(sweepDue(offer.facts()));
        return due.isEmpty() && !sweeps ? Optional.empty() : Optional.of(new Entry(offer.facts().sequence() + 1, now,
                Optional.empty(), due, new Decision.Nothing()));
    }

    /** When something falls due next, or there is something left to tidy up. */
    public static Optional<Instant> nextDue(OfferFacts facts) {
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
    private static Instant sweepDue(OfferFacts facts) {
        return facts.clock().plus(SWEEP_EVERY);
    }

    /** What falls due at or before an instant, oldest first. */
    private static List<Due> due(OfferState offer, Instant now) {
        if (!mayBeDue(offer.facts())) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        OfferState state = offer;
        Optional<Due> next = next(state);
        while (next.filter(found -> !found.at().isAfter(now)).isPresent()) { // B43: due at or before now comes first
            due.add(next.get());
            state = Evolution.apply(state, next.get().event(), next.get().at());
            next = next(state);
        }
        return List.copyOf(due);
    }

    /** Whether anything is pending at all: of most offers nothing is. */
    private static boolean mayBeDue(OfferFacts facts) {
        return facts.stopPending() || !facts.planStops().isEmpty() || facts.audience().syncDue().isPresent();
    }

    /**
     * B43: of what falls due at one instant, syncs of audiences come first, then plan stops, by plan id, then the offer's
     * stop. Nothing else ever falls due: sign-off waits as long as it takes (O20, D19).
     */
    private static Optional<Due> next(OfferState offer) {
        OfferFacts facts = offer.facts();
        Stream<Due> syncs = facts.audience().syncDue().stream().flatMap(at -> offer.dueSync().map(sync ->
                new Due(at, sync instanceof Event.AudienceSyncFailed ? Rule.A11 : Rule.A9, sync)).stream());
        Stream<Due> plans = facts.planStops().entrySet().stream()
                .map(stop -> new Due(stop.getValue(), Rule.P10, new Event.PlanSellingStopped(stop.getKey())));
        Stream<Due> whole = pendingStop(facts).stream().map(at -> new Due(at, Rule.O26, new Event.SellingStopped()));
        return facts.exists() ? Stream.of(syncs, plans, whole).flatMap(due -> due).min(Comparator.comparing(Due::at))
                : Optional.empty();
    }

    private static Optional<Instant> pendingStop(OfferFacts facts) {
        return facts.stop().filter(stop -> !stop.done()).map(Stop::effectiveAt);
    }

    private static OfferState advanced(OfferState offer, List<Due> due) {
        OfferState state = offer;
        for (Due happened : due) {
            state = Evolution.apply(state, happened.event(), happened.at());
        }
        return state;
    }

    /** B13: remembered ids outlive a deletion; B41: a dry run is never a repeat. */
    private static Optional<Decision> repeated(OfferState offer, Ask ask) {
        if (ask.validateOnly()) {
            return Optional.empty();
        }
        AnswerMemory memory = switch (ask.command()) {
            case Command.ByPipeline result -> offer.facts().steps();
            case Command.AcquirePlan acquire -> offer.customer(acquire.planId(), acquire.customerId()).answers();
            case Command.DownloadOffer read -> AnswerMemory.EMPTY;
            case Command.ByPublisher command -> offer.facts().commands();
            case Command.BySupport decision -> offer.facts().commands();
        };
        return memory.find(ask.commandId()).map(known -> known.digest() == ask.digest()
                ? new Decision.Duplicate(known.answer()) : reused(ask, known.answer()));
    }

    private static Decision reused(Ask ask, FirstAnswer first) {
        return new Decision.Reused(Texts.format("Expected a repeat of the command that id %s was used for, but the "
                + "content differs. Send another command under an id of its own.", ask.commandId()), first);
    }

    /** The sender looked at another draft. */
    private static Optional<Decision> conflict(OfferState offer, Ask ask) {
        OfferFacts facts = offer.facts();
        return ask.expectedVersion().filter(expected -> facts.exists() && expected != facts.revision())
                .map(expected -> Decision.reject(Rule.V32, Reason.VERSION_CONFLICT,
                        "Expected draft version %d, but it is %d. Look at the draft again and decide anew.", expected,
                        facts.revision()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
