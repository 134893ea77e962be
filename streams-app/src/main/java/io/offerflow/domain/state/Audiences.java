package io.offerflow.domain.state;

import io.offerflow.domain.AudienceType;
import io.offerflow.domain.Command;
import io.offerflow.domain.Event;
import io.offerflow.domain.SectionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What happens to private audiences. Members are rows: adding and removing write one of them, a sync and a publish write
 * none. Rows that nothing refers to any more are looked for in bounded steps, by every entry that touches the offer.
 */
final class Audiences {

    /** So many rows are looked at with one entry. */
    static final int SWEPT_AT_ONCE = 500;

    private Audiences() {
    }

    /** A1: typed in by hand. */
    static OfferState added(OfferState state, Event.AudienceIdAdded added) {
        Audience audience = state.audience(added.planId());
        Audience then = kept(state, added.planId(), audience.saved(audience.saved().orElse(Audience.Stamp.begin(added.generation()))
                .changed(added.revision(), added.type(), added.id(), 1, 1)));
        Row.MemberKey key = new Row.MemberKey(added.planId(), added.generation(), added.id());
        List<Row.Interval> intervals = new ArrayList<>(state.rows().read(key, Row.Member.class)
                .map(member -> seen(then, key, member.intervals())).orElse(List.of()));
        intervals.add(new Row.Interval(added.revision(), Optional.empty(), true));
        return settled(revised(with(state, added.planId(), then, state.rows().put(key,
                new Row.Member(added.type(), added.label(), List.copyOf(intervals)))), added.revision()));
    }

    /** A3. */
    static OfferState removed(OfferState state, Event.AudienceIdRemoved removed) {
        Audience audience = state.audience(removed.planId());
        Row.MemberKey key = new Row.MemberKey(removed.planId(), removed.generation(), removed.id());
        Optional<Row.Member> member = state.rows().read(key, Row.Member.class);
        if (audience.saved().isEmpty() || member.isEmpty()) {
            return state;
        }
        Row.Interval last = member.get().intervals().getLast();
        Audience.Stamp stamp = audience.saved().get().changed(removed.revision(), member.get().type(), removed.id(), -1,
                last.byHand() ? -1 : 0);
        List<Row.Interval> ended = new ArrayList<>(member.get().intervals());
        ended.set(ended.size() - 1, new Row.Interval(last.from(), Optional.of(removed.revision()), last.byHand()));
        List<Row.Interval> intervals = seen(kept(state, removed.planId(), audience.saved(stamp)), key, ended);
        Rows rows = intervals.isEmpty() ? state.rows().delete(key) : state.rows().put(key,
                new Row.Member(member.get().type(), member.get().label(), intervals));
        Audience then = audience.saved(intervals.isEmpty() ? stamp : stamp.leavingOneBehind());
        return settled(revised(with(state, removed.planId(), then, rows), removed.revision()));
    }

    /** A2, B34: the rows of a chunk lie in a generation of their own that nobody sees yet. */
    static OfferState staged(OfferState state, Event.AudienceChunkStaged chunk) {
        Audience audience = state.audience(chunk.planId());
        Optional<Audience.Staged> before = chunk.index() == 0 ? Optional.of(new Audience.Staged(chunk.importId(), 0,
                chunk.chunks(), chunk.total(), chunk.generation(), 0, 0, 0))
                : audience.staged().filter(open -> open.generation() == chunk.generation());
        if (before.isEmpty()) {
            return state;
        }
        Audience.Staged open = before.get().oneMore();
        Map<Row.Key, Row> members = new LinkedHashMap<>();
        for (Command.AudienceRow row : chunk.rows()) {
            AudienceType type = AudienceType.valueOf(row.type());
            open = open.with(type, row.id());
            members.put(new Row.MemberKey(chunk.planId(), chunk.generation(), row.id()), new Row.Member(type,
                    row.label(), List.of(new Row.Interval(0, Optional.empty(), false))));
        }
        return settled(with(state, chunk.planId(), audience.staged(Optional.of(open)), state.rows().putAll(members)));
    }

    /** A2, D29: what was put by takes the place of the saved audience. */
    static OfferState imported(OfferState state, Event.AudienceImported imported) {
        Audience audience = state.audience(imported.planId());
        return audience.staged().filter(open -> open.generation() == imported.generation())
                .map(open -> settled(revised(with(state, imported.planId(), audience.staged(Optional.empty())
                        .saved(open.whole(imported.revision())), state.rows()), imported.revision()))).orElse(state);
    }

    /** B34: what was put by of an import is forgotten. */
    static OfferState dropped(OfferState state, String planId) {
        Audience audience = state.audience(planId);
        return audience.staged().isEmpty() ? state
                : settled(with(state, planId, audience.staged(Optional.empty()), state.rows()));
    }

    /** A9, S35: one number a plan, and nothing else. */
    static OfferState synced(OfferState state, Event.AudienceSynced synced) {
        OfferState next = withoutSync(state, synced.planIds());
        for (String planId : synced.planIds()) {
            next = with(next, planId, next.audience(planId).synced(synced.revision()), next.rows());
        }
        return settled(next);
    }

    /** A4, B12: the audiences of now will count later; their rows are kept until then. */
    static OfferState syncRequested(OfferState state, Event.AudienceSyncRequested asked) {
        OfferState next = state;
        for (String planId : asked.planIds()) {
            next = with(next, planId, next.audience(planId).failed(false), next.rows());
        }
        Row.Audiences all = next.audiences();
        List<Row.Sync> syncs = new ArrayList<>(all.syncs());
        syncs.add(new Row.Sync(asked.revision(), asked.effectiveAt(), asked.planIds()));
        return settled(written(next, new Row.Audiences(all.plans(), all.sweeps(), syncs)));
    }

    /** A11: what is published stays; the plans that are still there say so until something is saved. */
    static OfferState syncFailed(OfferState state, Event.AudienceSyncFailed failed) {
        OfferState next = withoutSync(state, failed.planIds());
        for (String planId : failed.planIds()) {
            next = next.savedAudience(planId).isEmpty() ? next
                    : with(next, planId, next.audience(planId).failed(true), next.rows());
        }
        return settled(next);
    }

    private static OfferState withoutSync(OfferState state, List<String> planIds) {
        Row.Audiences all = state.audiences();
        List<Row.Sync> left = all.syncs().stream()
                .filter(sync -> sync.planIds().stream().noneMatch(planIds::contains)).toList();
        return left.size() == all.syncs().size() ? state
                : written(state, new Row.Audiences(all.plans(), all.sweeps(), left));
    }

    /** A full publish publishes the saved audience too, and the types of ids in it (A8, B21). */
    static OfferState published(OfferState live) {
        long number = live.facts().live().map(Live::revision).orElse(0L);
        OfferState next = live;
        for (Map.Entry<String, Row.PlanEntry> plan : live.audiences().plans().isEmpty()
                ? List.<Map.Entry<String, Row.PlanEntry>>of() : live.livePlans().plans().entrySet()) {
            Audience audience = next.audience(plan.getKey());
            Optional<Audience.Stamp> seen = audience.seenFrom(number).filter(stamp -> plan.getValue().hidden());
            if (seen.isPresent()) {
                next = with(next, plan.getKey(), audience.published(seen.get().types()), next.rows());
            }
        }
        return next;
    }

    /** A plan is gone, and its audience with it. */
    static OfferState withoutPlan(OfferState state, String planId) {
        return state.audiences().plans().containsKey(planId)
                ? settled(with(state, planId, state.audience(planId).gone(), state.rows())) : state;
    }

    /** Forgets what no number resolves to any more, and reckons what the facts say of audiences. */
    static OfferState settled(OfferState state) {
        if (!state.facts().audience().any()) {
            return state;
        }
        Row.Audiences all = state.audiences();
        OfferState next = state.facts().exists() || all.syncs().isEmpty() ? state
                : written(state, new Row.Audiences(all.plans(), all.sweeps(), List.of()));
        for (Map.Entry<String, Audience> plan : all.plans().entrySet()) {
            Audience then = next.facts().exists() ? kept(next, plan.getKey(), plan.getValue()) : plan.getValue().gone();
            next = then.equals(plan.getValue()) ? next : with(next, plan.getKey(), then, next.rows());
        }
        OfferState settled = next;
        boolean changed = settled.audiences().plans().keySet().stream().anyMatch(settled::audienceChanged);
        return new OfferState(state.key(), settled.facts().change(to -> to.audience = new AudienceSummary(
                to.audience.any(), changed, to.audience.leftovers(), to.audience.syncDue())), settled.rows());
    }

    /** Looks through some of the rows that may have become superfluous, and deletes those that are. */
    static OfferState swept(OfferState state) {
        Row.Audiences audiences = state.audiences();
        if (audiences.sweeps().isEmpty()) {
            return state;
        }
        Row.Sweep sweep = audiences.sweeps().getFirst();
        Audience audience = state.audience(sweep.planId());
        List<String> ids = state.rows().members(sweep.planId(), sweep.generation(), sweep.after(), SWEPT_AT_ONCE);
        List<Row.MemberKey> superfluous = ids.stream()
                .map(id -> new Row.MemberKey(sweep.planId(), sweep.generation(), id))
                .filter(key -> state.rows().read(key, Row.Member.class)
                        .filter(member -> !seen(audience, key, member.intervals()).isEmpty()).isEmpty()).toList();
        List<Row.Sweep> left = new ArrayList<>(audiences.sweeps());
        left.removeFirst();
        if (ids.size() == SWEPT_AT_ONCE) {
            left.addFirst(new Row.Sweep(sweep.planId(), sweep.generation(), ids.getLast()));
        }
        return written(new OfferState(state.key(), state.facts(), state.rows().deleteAll(superfluous)),
                new Row.Audiences(audiences.plans(), left, audiences.syncs()));
    }

    /** Whether something changed that audiences are seen by. */
    static boolean areSeenAnew(OfferFacts before, OfferFacts after) {
        return after.audience().any() && !(before.exists() == after.exists() && before.live().equals(after.live())
                && before.activeRun().map(Run::revision).equals(after.activeRun().map(Run::revision))
                && Optional.ofNullable(before.sections().get(SectionId.PLAN_OVERVIEW))
                        .equals(Optional.ofNullable(after.sections().get(SectionId.PLAN_OVERVIEW))));
    }

    /** The numbers that audiences are seen from: draft, run and live version. */
    private static List<Long> numbers(OfferFacts facts) {
        return Stream.of(Stream.of(Long.MAX_VALUE), facts.activeRun().map(Run::revision).stream(),
                facts.live().map(Live::revision).stream()).flatMap(number -> number).toList();
    }

    private static Audience kept(OfferState state, String planId, Audience audience) {
        List<Long> numbers = new ArrayList<>(numbers(state.facts()));
        state.pendingSync(planId).ifPresent(sync -> numbers.add(sync.revision())); // B12: the list of the request
        return audience.keep(numbers);
    }

    private static List<Row.Interval> seen(Audience audience, Row.MemberKey key, List<Row.Interval> intervals) {
        return intervals.stream().filter(interval -> audience.sees(key.generation(), interval)).toList();
    }

    private static OfferState revised(OfferState state, long revision) {
        return new OfferState(state.key(), state.facts().change(to -> to.revision = revision), state.rows());
    }

    /** The audience of a plan becomes another one; generations that it refers to less than before are to be swept. */
    private static OfferState with(OfferState state, String planId, Audience then, Rows rows) {
        Audience before = state.audience(planId);
        SortedMap<String, Audience> plans = new TreeMap<>(state.audiences().plans());
        plans.put(planId, then);
        List<Row.Sweep> sweeps = new ArrayList<>(state.audiences().sweeps());
        for (long generation : before.generationsLeftBy(then)) {
            sweeps.removeIf(sweep -> sweep.planId().equals(planId) && sweep.generation() == generation);
            sweeps.add(new Row.Sweep(planId, generation, ""));
        }
        return written(new OfferState(state.key(), state.facts(), rows), new Row.Audiences(plans, sweeps,
                state.audiences().syncs()));
    }

    private static OfferState written(OfferState state, Row.Audiences audiences) {
        SortedMap<String, Audience> plans = new TreeMap<>(audiences.plans());
        plans.entrySet().removeIf(plan -> plan.getValue().isEmpty()
                && audiences.sweeps().stream().noneMatch(sweep -> sweep.planId().equals(plan.getKey())));
        Row.AudiencesKey key = new Row.AudiencesKey();
        boolean any = !plans.isEmpty() || !audiences.syncs().isEmpty();
        return new OfferState(state.key(), state.facts().change(to -> to.audience = new AudienceSummary(any,
                to.audience.changed() && !plans.isEmpty(), !audiences.sweeps().isEmpty(), audiences.syncs().stream()
                        .map(Row.Sync::effectiveAt).min(Comparator.naturalOrder()))),
                any ? state.rows().put(key, new Row.Audiences(plans, audiences.sweeps(), audiences.syncs()))
                        : state.rows().delete(key));
    }
}
