package io.offerflow.replay.whatif;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.text.Difference.DifferenceKind;
import io.offerflow.replay.text.Difference;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The result of a what-if.
 *
 * @param follow whether each decision was made on the state that results from the new decisions
 * @param after the instant after which inputs were decided again; all inputs without it
 * @param settings the policy settings that were changed
 * @param builds that made the recorded decisions
 * @param build that made the new decisions
 * @param totals number of differences by kind
 * @param differences the first differences, by partition and offset
 * @param divergences the first entries that refer to something that the diverged history does not have
 */
public record WhatIfReport(boolean follow, Optional<Instant> after, List<ChangedSetting> settings,
        Set<String> builds, String build, WhatIfCounts counts, Map<DifferenceKind, Long> totals,
        List<Difference> differences, List<Divergence> divergences, SortedMap<Integer, ReplayStats> partitions) {

    /**
     * Numbers of entries and offers.
     *
     * @param judged entries that were decided again
     * @param notComparable entries of an offer from its divergence on, which were not decided again
     * @param unreadable inputs that could not be read, which were not decided again
     * @param offers offers with differences
     */
    public record WhatIfCounts(long judged, long notComparable, long unreadable, long offers) {
    }

    /** A policy setting, with the recorded values and the new one. */
    public record ChangedSetting(String name, Set<String> then, String now) {
    }

    /** The entry from which on an offer's history cannot be compared, and what it refers to. */
    public record Divergence(int partition, long offset, OfferKey offer, Instant at, String missing) {
    }

    public WhatIfReport {
        totals = new EnumMap<>(totals.isEmpty() ? new EnumMap<>(DifferenceKind.class) : totals);
    }

    /** Number of decisions that differ. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }
}
