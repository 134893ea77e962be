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
 * Whether two entries for the same input say the same, and if not, in what they differ. The rules they name are not
 * compared: they explain a decision, and older entries name none.
 */
final class EntryComparator {

    /** Numbers that count what came before: in a history that took another course they differ without meaning it. */
    private static final Set<String> COUNTERS = Set.of("revision", "submission", "version", "request", "generation");

    private EntryComparator() {
    }

    /** In what an entry differs that was decided on the recorded state: in anything. */
    static Optional<DifferenceKind> onRecorded(Entry then, Optional<Entry> now) {
        return now.map(EntryComparator::withoutRules).filter(withoutRules(then)::equals).isPresent()
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    /** In what an entry differs that was decided on a state of another course: counters aside. */
    static Optional<DifferenceKind> onOther(Entry then, Optional<Entry> now) {
        Decision decided = now.map(Entry::decision).orElse(new Decision.TimePassed());
        return due(then).equals(due(now)) && alike(withoutRule(then.decision()), withoutRule(decided))
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    private static DifferenceKind kind(Entry then, Optional<Entry> now) {
        Decision old = withoutRule(then.decision());
        Decision other = withoutRule(now.map(Entry::decision).orElse(new Decision.TimePassed()));
        boolean accepted = old instanceof Decision.Accepted;
        if (accepted != other instanceof Decision.Accepted) {
            return accepted ? DifferenceKind.NOW_REFUSED : other instanceof Decision.Accepted ? DifferenceKind.NOW_ACCEPTED
                    : DifferenceKind.OTHER_ANSWER;
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
            case Decision.Accepted yes -> new Decision.Accepted(Rule.NONE, yes.events(), yes.download());
            case Decision.Rejected no -> new Decision.Rejected(Rule.NONE, no.reason(), no.detail(), no.problems());
            case Decision.Ignored over -> new Decision.Ignored(Rule.NONE, over.reason(), over.detail());
            case Decision.Duplicate again -> again;
            case Decision.CommandIdReused reused -> reused;
            case Decision.TimePassed nothing -> nothing;
        };
    }

    private static Optional<Reason> reason(Decision decision) {
        return EnumMappings.OutcomeParts.of(decision).reason();
    }

    private static boolean alike(Decision then, Decision now) {
        if (then.equals(now)) {
            return true;
        }
        return switch (then) {
            case Decision.Accepted yes -> now instanceof Decision.Accepted
                    && essence(yes.events()).equals(essence(now.events()));
            case Decision.Rejected no -> now instanceof Decision.Rejected other && no.reason() == other.reason();
            case Decision.Ignored over -> now instanceof Decision.Ignored other && over.reason() == other.reason();
            case Decision.Duplicate again -> now instanceof Decision.Duplicate other
                    && again.original().result() == other.original().result();
            case Decision.CommandIdReused reused -> now instanceof Decision.CommandIdReused;
            case Decision.TimePassed nothing -> now instanceof Decision.TimePassed;
        };
    }

    /** Events without counters. */
    private static List<String> essence(List<Event> events) {
        return events.stream().map(event -> event.getClass().getSimpleName() + EventText.said((Record) event).stream()
                .filter(said -> COUNTERS.stream().noneMatch(counter -> said.startsWith(counter + " "))).toList())
                .toList();
    }
}
