package io.offerflow.domain.state.row;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The private audiences of an offer's plans.
 *
 * @param cleanups generations whose rows are still to be looked through for what nothing refers to any more
 * @param syncs those that are not due yet, in the order in which they were asked for; a plan is in one at most
 */
public record AudienceIndexRow(SortedMap<String, PlanAudience> plans, List<CleanupCursor> cleanups, List<PendingSync> syncs) implements StateRow {

    public static final AudienceIndexRow NONE = new AudienceIndexRow(new TreeMap<>(), List.of(), List.of());

    public AudienceIndexRow {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        cleanups = List.copyOf(cleanups);
        syncs = List.copyOf(syncs);
    }
}
