package io.offerflow.domain.state;

import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.row.RowKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Deletes content revisions that no draft version in use resolves to any more. */
final class RevisionPruner {

    private static final Set<SectionId> ALL = EnumSet.allOf(SectionId.class);

    private RevisionPruner() {
    }

    /** Deletes the revisions that neither the draft, the run nor the live version resolves to. */
    static OfferState release(OfferState state) {
        List<Long> numbers = numbers(state.header());
        return only(state, ALL, saved -> saved.keep(numbers));
    }

    /** The same for one section, which is enough while run and live version are unchanged. */
    static OfferState release(OfferState state, SectionId section) {
        List<Long> numbers = numbers(state.header());
        return only(state, Set.of(section), saved -> saved.keep(numbers));
    }

    private static List<Long> numbers(OfferHeader header) {
        List<Long> numbers = new ArrayList<>();
        header.activeRun().map(PublishingRun::revision).ifPresent(numbers::add);
        header.live().map(LiveVersion::revision).ifPresent(numbers::add);
        return numbers;
    }

    static OfferState only(OfferState state, UnaryOperator<SectionRevisions> keep) {
        return only(state, ALL, keep);
    }

    private static OfferState only(OfferState state, Set<SectionId> sections, UnaryOperator<SectionRevisions> keep) {
        Map<SectionId, SectionRevisions> left = new EnumMap<>(SectionId.class);
        left.putAll(state.header().sections());
        StateRows rows = state.rows();
        boolean changed = false;
        for (SectionId section : sections) {
            SectionRevisions saved = state.header().sections().get(section);
            SectionRevisions kept = saved == null ? saved : keep.apply(saved);
            if (kept != saved) {
                changed = true;
                rows = without(state, rows, section, saved, kept);
                left.put(section, kept);
            }
        }
        left.values().removeIf(kept -> kept.revisions().isEmpty());
        return changed ? new OfferState(state.key(), state.header().change(to -> to.sections = left), rows) : state;
    }

    private static StateRows without(OfferState state, StateRows rows, SectionId section, SectionRevisions saved,
            SectionRevisions kept) {
        List<SectionRevisions.SectionRevision> dropped = new ArrayList<>(saved.revisions());
        dropped.removeAll(kept.revisions());
        StateRows left = section == SectionId.PLAN_OVERVIEW
                ? withoutPlans(rows, plans(state, dropped), plans(state, kept.revisions())) : rows;
        return left.deleteAll(dropped.stream().map(revision -> new RowKey.SectionKey(section, revision.number()))
                .toList());
    }

    private static StateRows withoutPlans(StateRows rows, Set<RowKey.PlanKey> dropped, Set<RowKey.PlanKey> kept) {
        StateRows left = rows;
        for (RowKey.PlanKey plan : dropped) {
            left = kept.contains(plan) ? left : left.delete(plan);
        }
        return left;
    }

    /** The plan rows that overviews refer to. */
    private static Set<RowKey.PlanKey> plans(OfferState state, List<SectionRevisions.SectionRevision> overviews) {
        Set<RowKey.PlanKey> keys = new LinkedHashSet<>();
        overviews.forEach(revision -> state.plansAt(revision.number()).plans().forEach((planId, plan) ->
                keys.add(new RowKey.PlanKey(planId, plan.revision()))));
        return keys;
    }
}
