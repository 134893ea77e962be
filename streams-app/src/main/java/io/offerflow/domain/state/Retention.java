package io.offerflow.domain.state;

import io.offerflow.domain.SectionId;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is kept of content: only what some number still resolves to. */
final class Retention {

    private Retention() {
    }

    /** Deletes the content that neither the draft, the run nor the live version resolves to any more. */
    static OfferState release(OfferState state) {
        OfferFacts facts = state.facts();
        List<Long> numbers = Stream.concat(facts.activeRun().map(Run::revision).stream(),
                facts.live().map(Live::revision).stream()).toList();
        return only(state, saved -> saved.keep(numbers));
    }

    static OfferState only(OfferState state, UnaryOperator<SectionFacts> keep) {
        Map<SectionId, SectionFacts> sections = new EnumMap<>(SectionId.class);
        Rows rows = state.rows();
        for (Map.Entry<SectionId, SectionFacts> section : state.facts().sections().entrySet()) {
            SectionFacts kept = keep.apply(section.getValue());
            List<SectionFacts.Revision> dropped = section.getValue().revisions().stream()
                    .filter(revision -> !kept.revisions().contains(revision)).toList();
            if (section.getKey() == SectionId.PLAN_OVERVIEW && !dropped.isEmpty()) {
                rows = withoutPlans(rows, plans(state, dropped), plans(state, kept.revisions()));
            }
            for (SectionFacts.Revision revision : dropped) {
                rows = rows.delete(new Row.SectionKey(section.getKey(), revision.number()));
            }
            if (!kept.revisions().isEmpty()) {
                sections.put(section.getKey(), kept);
            }
        }
        return new OfferState(state.key(), state.facts().change(to -> to.sections = sections), rows);
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
