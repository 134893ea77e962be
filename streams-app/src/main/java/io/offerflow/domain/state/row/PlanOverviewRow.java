package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plans of an offer at one revision of Plan overview, and the problems of all plans together. It has revisions, is
 * resolved and compared in the same way as the content of a section.
 */
public record PlanOverviewRow(SortedMap<String, PlanSummary> plans, List<Problem> problems) implements StateRow {

    /** Before the first plan. */
    public static final PlanOverviewRow NONE = new PlanOverviewRow(new TreeMap<>(), List.of());

    public PlanOverviewRow {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
    }

    /** Equal for equal plans, whenever they were saved (B11). */
    public long digest() {
        Map<String, Value> digests = new TreeMap<>();
        plans.forEach((id, plan) -> digests.put(id, new Value.Int(plan.digest() + plan.relist().ordinal())));
        return new Value.Struct(digests).digest();
    }

    /** All problems that keep Plan overview Incomplete. */
    public List<Problem> allProblems() {
        return Stream.concat(problems.stream(), plans.values().stream().flatMap(plan -> plan.problems().stream()))
                .toList();
    }

    public PlanOverviewRow with(String planId, PlanSummary plan, List<Problem> together) {
        SortedMap<String, PlanSummary> more = new TreeMap<>(plans);
        more.put(planId, plan);
        return new PlanOverviewRow(more, together);
    }

    public PlanOverviewRow without(String planId, List<Problem> together) {
        SortedMap<String, PlanSummary> fewer = new TreeMap<>(plans);
        fewer.remove(planId);
        return new PlanOverviewRow(fewer, together);
    }
}
