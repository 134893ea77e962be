package io.offerflow.replay;

import io.offerflow.domain.OfferKey;
import io.offerflow.replay.Difference.Kind;
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
public record WhatIfReport(boolean follow, List<Setting> settings, Set<String> builds, String build, long judged,
        long unread, long offers, Map<Kind, Long> totals, List<Difference> differences, List<Parting> partings,
        long notComparable, SortedMap<Integer, Totals> partitions) {

    /** A setting of the rules, with the values that were recorded and the one it has now. */
    public record Setting(String name, Set<String> then, String now) {
    }

    /** From this entry on an offer's history cannot be compared. */
    public record Parting(int partition, long offset, OfferKey offer, Instant at, String missing) {
    }

    public WhatIfReport {
        totals = new EnumMap<>(totals.isEmpty() ? new EnumMap<>(Kind.class) : totals);
    }

    /** How many decisions differ. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }
}
