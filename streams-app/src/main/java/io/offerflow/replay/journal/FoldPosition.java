package io.offerflow.replay.journal;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StoredPosition;
import io.offerflow.domain.model.Policy;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the fold of one partition of the journal has come: all that a fold needs, apart from the rows, to go on.
 *
 * @param nextOffset offset at which the journal goes on
 * @param stored what the store {@code positions} has of a task that has come as far
 * @param newest latest clock of the offers, and time of the policies
 * @param policies recorded so far, by id
 * @param policy id of the policy that was recorded last
 */
public record FoldPosition(long nextOffset, StoredPosition stored, Instant newest, SortedMap<String, Policy> policies,
        Optional<String> policy) {

    /** Before the first entry. */
    public static final FoldPosition BEGINNING =
            new FoldPosition(0, StoredPosition.NONE, Instant.EPOCH, new TreeMap<>(), Optional.empty());

    public FoldPosition {
        policies = Collections.unmodifiableSortedMap(policies);
    }

    /** The number of the last entry. */
    public long number() {
        return stored.position().number();
    }

    /** The position after the next entry. */
    public FoldPosition after(JournalRecord record, DecodedEntry entry) {
        StoredPosition after = stored.after(entry.avro());
        long next = record.offset() + 1;
        return switch (entry) {
            case DecodedEntry.OfferEntry offer -> new FoldPosition(next, after, later(offer.avro()), policies, policy);
            case DecodedEntry.PolicyEntry recorded -> {
                SortedMap<String, Policy> all = new TreeMap<>(policies);
                all.put(recorded.avro().getPolicy(), recorded.policy());
                yield new FoldPosition(next, after, later(recorded.avro()), all,
                        Optional.of(recorded.avro().getPolicy()));
            }
            case DecodedEntry.PositionEntry moved -> new FoldPosition(next, after, newest, policies, policy);
            case DecodedEntry.QuarantineEntry unread -> new FoldPosition(next, after, newest, policies, policy);
        };
    }

    private Instant later(JournalEntry entry) {
        return entry.getNow().isAfter(newest) ? entry.getNow() : newest;
    }
}
