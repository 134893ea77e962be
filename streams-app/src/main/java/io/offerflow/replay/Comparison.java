package io.offerflow.replay;

import io.offerflow.codec.Shared;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Rule;
import io.offerflow.replay.Difference.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two entries for the same input say the same, and if not, in what they differ. The rules they name are not
 * compared: they explain a decision, and older entries name none.
 */
final class Comparison {

    /** Numbers that count what came before: in a history that took another course they differ without meaning it. */
    private static final Set<String> COUNTERS = Set.of("revision", "submission", "version", "request", "generation");

    private Comparison() {
    }

    /** In what an entry differs that was decided on the recorded state: in anything. */
    static Optional<Kind> onRecorded(Entry then, Optional<Entry> now) {
        return now.map(Comparison::withoutRules).filter(withoutRules(then)::equals).isPresent()
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    /** In what an entry differs that was decided on a state of another course: counters aside. */
    static Optional<Kind> onOther(Entry then, Optional<Entry> now) {
        Decision decided = now.map(Entry::decision).orElse(new Decision.Nothing());
        return due(then).equals(due(now)) && alike(withoutRule(then.decision()), withoutRule(decided))
                ? Optional.empty() : Optional.of(kind(then, now));
    }

    private static Kind kind(Entry then, Optional<Entry> now) {
        Decision old = withoutRule(then.decision());
        Decision other = withoutRule(now.map(Entry::decision).orElse(new Decision.Nothing()));
        boolean accepted = old instanceof Decision.Accepted;
        if (accepted != other instanceof Decision.Accepted) {
            return accepted ? Kind.NOW_REFUSED : other instanceof Decision.Accepted ? Kind.NOW_ACCEPTED
                    : Kind.OTHER_ANSWER;
        }
        if (!old.equals(other)) {
            return accepted ? Kind.OTHER_EFFECT
                    : reason(old).equals(reason(other)) ? Kind.OTHER_ANSWER : Kind.OTHER_REASON;
        }
        return due(then).equals(due(now)) ? Kind.OTHER_ANSWER : Kind.OTHER_TIME;
    }

    private static List<Entry.Due> due(Optional<Entry> entry) {
        return entry.map(Comparison::due).orElse(List.of());
    }

    private static List<Entry.Due> due(Entry entry) {
        return entry.due().stream().map(due -> new Entry.Due(due.at(), Rule.NONE, due.event())).toList();
    }

    private static Entry withoutRules(Entry entry) {
        return new Entry(entry.sequence(), entry.now(), entry.ask(), due(entry), withoutRule(entry.decision()));
    }

    private static Decision withoutRule(Decision decision) {
        return switch (decision) {
            case Decision.Accepted yes -> new Decision.Accepted(Rule.NONE, yes.events(), yes.download());
            case Decision.Rejected no -> new Decision.Rejected(Rule.NONE, no.reason(), no.detail(), no.problems());
            case Decision.Ignored over -> new Decision.Ignored(Rule.NONE, over.reason(), over.detail());
            case Decision.Duplicate again -> again;
            case Decision.Reused reused -> reused;
            case Decision.Nothing nothing -> nothing;
        };
    }

    private static Optional<Reason> reason(Decision decision) {
        return Shared.Answer.of(decision).reason();
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
                    && again.first().result() == other.first().result();
            case Decision.Reused reused -> now instanceof Decision.Reused;
            case Decision.Nothing nothing -> now instanceof Decision.Nothing;
        };
    }

    /** Events without counters. */
    private static List<String> essence(List<Event> events) {
        return events.stream().map(event -> event.getClass().getSimpleName() + Words.said((Record) event).stream()
                .filter(said -> COUNTERS.stream().noneMatch(counter -> said.startsWith(counter + " "))).toList())
                .toList();
    }
}
