package io.offerflow.domain.state;

import io.offerflow.domain.SectionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is kept of content: only what some number still resolves to. */
final class Retention {

    private static final Set<SectionId> ALL = EnumSet.allOf(SectionId.class);

    private Retention() {
    }

    /** Deletes the content that neither the draft, the run nor the live version resolves to any more. */
    static OfferState release(OfferState state) {
        List<Long> numbers = numbers(state.facts());
        return only(state, ALL, saved -> saved.keep(numbers));
    }

    /** The same of one section: all there is to do if run and live version are as they were. */
    static OfferState release(OfferState state, SectionId section) {
        List<Long> numbers = numbers(state.facts());
        return only(state, Set.of(section), saved -> saved.keep(numbers));
    }

    private static List<Long> numbers(OfferFacts facts) {
        List<Long> numbers = new ArrayList<>();
        facts.activeRun().map(Run::revision).ifPresent(numbers::add);
        facts.live().map(Live::revision).ifPresent(numbers::add);
        return numbers;
    }

    static OfferState only(OfferState state, UnaryOperator<SectionFacts> keep) {
        return only(state, ALL, keep);
    }

    private static OfferState only(OfferState state, Set<SectionId> sections, UnaryOperator<SectionFacts> keep) {
        Map<SectionId, SectionFacts> left = new EnumMap<>(SectionId.class);
        left.putAll(state.facts().sections());
        Rows rows = state.rows();
        boolean changed = false;
        for (SectionId section : sections) {
            SectionFacts saved = state.facts().sections().get(section);
            SectionFacts kept = saved == null ? saved : keep.apply(saved);
            if (kept != saved) {
                changed = true;
                rows = without(state, rows, section, saved, kept);
                left.put(section, kept);
            }
        }
        left.values().removeIf(kept -> kept.revisions().isEmpty());
        return changed ? new OfferState(state.key(), state.facts().change(to -> to.sections = left), rows) : state;
    }

    private static Rows without(OfferState state, Rows rows, SectionId section, SectionFacts saved, SectionFacts kept) {
        List<SectionFacts.Revision> dropped = new ArrayList<>(saved.revisions());
        dropped.removeAll(kept.revisions());
        Rows left = section == SectionId.PLAN_OVERVIEW
                ? withoutPlans(rows, plans(state, dropped), plans(state, kept.revisions())) : rows;
        return left.deleteAll(dropped.stream().map(revision -> new Row.SectionKey(section, revision.number())).toList());
    }

    private static Rows withoutPlans(Rows rows, Set<Row.PlanKey> dropped, Set<Row.PlanKey> kept) {
        Rows left = rows;
        for (Row.PlanKey plan : dropped) {
            left = kept.contains(plan) ? left : left.delete(plan);
        }
        return left;
    }

    /** The plan rows that overviews refer to. */
    private static Set<Row.PlanKey> plans(OfferState state, List<SectionFacts.Revision> overviews) {
        Set<Row.PlanKey> keys = new LinkedHashSet<>();
        overviews.forEach(revision -> state.plansAt(revision.number()).plans().forEach((planId, plan) ->
                keys.add(new Row.PlanKey(planId, plan.revision()))));
        return keys;
    }
}
