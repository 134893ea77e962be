package io.offerflow.replay.whatif;

import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.replay.text.Difference.DifferenceKind;
import io.offerflow.replay.text.EventText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two entries for the same input. The rules that they name are not compared, because entries of older releases
 * name none.
 */
final class EntryComparator {

    /** Counters; in a diverged history they differ although the decision is the same. */
    private static final Set<String> COUNTERS = Set.of("revision", "submission", "version", "request", "generation");

    private EntryComparator() {
    }

    /** Compares entries that were decided on the same state, in full. */
    static Optional<DifferenceKind> onSameState(Entry then, Optional<Entry> now) {
        return now.map(EntryComparator::withoutRules).filter(withoutRules(then)::equals).isPresent()
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    /** Compares entries that were decided on different states, without counters. */
    static Optional<DifferenceKind> onDivergedState(Entry then, Optional<Entry> now) {
        Decision decision = now.map(Entry::decision).orElse(new Decision.TimePassed());
        return due(then).equals(due(now)) && equalButForCounters(withoutRule(then.decision()), withoutRule(decision))
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    private static DifferenceKind kind(Entry then, Optional<Entry> now) {
        Decision old = withoutRule(then.decision());
        Decision other = withoutRule(now.map(Entry::decision).orElse(new Decision.TimePassed()));
        boolean accepted = old instanceof Decision.Accepted;
        if (accepted != other instanceof Decision.Accepted) {
            return accepted ? DifferenceKind.NOW_REFUSED : DifferenceKind.NOW_ACCEPTED;
        }
        if (!old.equals(other)) {
            return accepted ? DifferenceKind.OTHER_EFFECT
                    : reason(old).equals(reason(other)) ? DifferenceKind.OTHER_ANSWER : DifferenceKind.OTHER_REASON;
        }
        return due(then).equals(due(now)) ? DifferenceKind.OTHER_ANSWER : DifferenceKind.OTHER_TIME;
    }

    private static List<Entry.DueEvent> due(Optional<Entry> entry) {
        return entry.map(EntryComparator::due).orElse(List.of());
    }

    private static List<Entry.DueEvent> due(Entry entry) {
        return entry.dueEvents().stream().map(due -> new Entry.DueEvent(due.at(), Rule.NONE, due.event())).toList();
    }

    private static Entry withoutRules(Entry entry) {
        return new Entry(entry.sequence(), entry.clock(), entry.envelope(), due(entry), withoutRule(entry.decision()));
    }

    private static Decision withoutRule(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> new Decision.Accepted(Rule.NONE, accepted.events(), accepted.download());
            case Decision.Rejected rejected -> new Decision.Rejected(Rule.NONE, rejected.reason(), rejected.detail(),
                    rejected.problems());
            case Decision.Ignored ignored -> new Decision.Ignored(Rule.NONE, ignored.reason(), ignored.detail());
            case Decision.Duplicate duplicate -> duplicate;
            case Decision.CommandIdReused reused -> reused;
            case Decision.TimePassed passed -> passed;
        };
    }

    private static Optional<Reason> reason(Decision decision) {
        return EnumMappings.OutcomeParts.of(decision).reason();
    }

    private static boolean equalButForCounters(Decision then, Decision now) {
        if (then.equals(now)) {
            return true;
        }
        return switch (then) {
            case Decision.Accepted accepted -> now instanceof Decision.Accepted
                    && withoutCounters(accepted.events()).equals(withoutCounters(now.events()));
            case Decision.Rejected rejected -> now instanceof Decision.Rejected other
                    && rejected.reason() == other.reason();
            case Decision.Ignored ignored -> now instanceof Decision.Ignored other
                    && ignored.reason() == other.reason();
            case Decision.Duplicate duplicate -> now instanceof Decision.Duplicate other
                    && duplicate.original().result() == other.original().result();
            case Decision.CommandIdReused reused -> now instanceof Decision.CommandIdReused;
            case Decision.TimePassed passed -> now instanceof Decision.TimePassed;
        };
    }

    /** Events as text, without counters. */
    private static List<String> withoutCounters(List<Event> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()
                + EventText.components((Record) event).stream().filter(component ->
                        COUNTERS.stream().noneMatch(counter -> component.startsWith(counter + " "))).toList()).toList();
    }
}
