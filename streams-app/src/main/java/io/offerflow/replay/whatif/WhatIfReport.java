package io.offerflow.replay.whatif;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.text.Difference.DifferenceKind;
import io.offerflow.replay.text.Difference;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What would have been decided.
 *
 * @param follow whether each decision was made on the state that the new decisions lead to
 * @param settings the rules' settings that were changed
 * @param builds that decided then
 * @param build that decided now
 * @param judged inputs and passings of time that were decided again
 * @param unread inputs that could not be read then, and were not decided again
 * @param offers how many offers have differences
 * @param totals differences by kind
 * @param differences the first of them, by partition and offset
 * @param partings where an offer's other course met something that does not exist there
 * @param notComparable entries behind those
 */
public record WhatIfReport(boolean follow, List<ChangedSetting> settings, Set<String> builds, String build, long judged,
        long unread, long offers, Map<DifferenceKind, Long> totals, List<Difference> differences, List<Divergence> partings,
        long notComparable, SortedMap<Integer, ReplayStats> partitions) {

    /** A setting of the rules, with the values that were recorded and the one it has now. */
    public record ChangedSetting(String name, Set<String> then, String now) {
    }

    /** From this entry on an offer's history cannot be compared. */
    public record Divergence(int partition, long offset, OfferKey offer, Instant at, String missing) {
    }

    public WhatIfReport {
        totals = new EnumMap<>(totals.isEmpty() ? new EnumMap<>(DifferenceKind.class) : totals);
    }

    /** How many decisions differ. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }
}
