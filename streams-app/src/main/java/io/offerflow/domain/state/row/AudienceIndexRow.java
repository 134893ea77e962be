package io.offerflow.domain.state.row;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The private audiences of an offer's plans.
 *
 * @param cleanups generations that may have obsolete rows
 * @param syncs pending syncs in the order of their requests; a plan is in at most one of them
 */
public record AudienceIndexRow(SortedMap<String, PlanAudience> plans, List<CleanupCursor> cleanups,
        List<PendingSync> syncs) implements StateRow {

    public static final AudienceIndexRow NONE = new AudienceIndexRow(new TreeMap<>(), List.of(), List.of());

    public AudienceIndexRow {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        cleanups = List.copyOf(cleanups);
        syncs = List.copyOf(syncs);
    }
}
