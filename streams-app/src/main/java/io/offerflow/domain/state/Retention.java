package io.offerflow.domain.state;

import io.offerflow.domain.SectionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is kept of content: only what some number still resolves to. */
final class Retention {

    private Retention() {
    }

    /** Deletes the content that neither the draft, the run nor the live version resolves to any more. */
    static OfferState release(OfferState state) {
        OfferFacts facts = state.facts();
        List<Long> numbers = new ArrayList<>();
        facts.activeRun().map(Run::revision).ifPresent(numbers::add);
        facts.live().map(Live::revision).ifPresent(numbers::add);
        return only(state, saved -> saved.keep(numbers));
    }

    static OfferState only(OfferState state, UnaryOperator<SectionFacts> keep) {
        Map<SectionId, SectionFacts> sections = new EnumMap<>(SectionId.class);
        Rows rows = state.rows();
        boolean changed = false;
        for (SectionId section : SectionId.values()) {
            SectionFacts saved = state.facts().sections().get(section);
            if (saved == null) {
                continue;
            }
            SectionFacts kept = keep.apply(saved);
            if (kept != saved) {
                changed = true;
                rows = without(state, rows, section, saved, kept);
            }
            if (!kept.revisions().isEmpty()) {
                sections.put(section, kept);
            }
        }
        return changed ? new OfferState(state.key(), state.facts().change(to -> to.sections = sections), rows) : state;
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
