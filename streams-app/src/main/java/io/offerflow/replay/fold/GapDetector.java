package io.offerflow.replay.fold;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;

/**
 * Detects missing entries in a partition of the journal, and entries in another order. Offsets do not show them,
 * because transaction markers take offsets, too: it uses the numbers of the entries, in their partition and offer.
 */
final class GapDetector {

    private static final String RESTORE = "Entries of the journal are missing before it. Restore the topic from a "
            + "copy; up to here, --at %d:%d gives the state";

    private long lastNumber;
    private long lastOffset;
    private boolean everyEntryIsRead = true;

    /** @param begin position after the entry before the first one */
    GapDetector(FoldPosition begin) {
        lastNumber = begin.number();
        lastOffset = begin.nextOffset() - 1;
    }

    /** Tells that some entries are skipped: a hole in the numbers is then no gap. */
    void allowUnreadEntries() {
        everyEntryIsRead = false;
    }

    /**
     * Checks the number of the next entry of the partition.
     *
     * @throws ReplayHaltedException if entries are missing
     */
    void check(JournalRecord record, JournalEntry entry) {
        if (everyEntryIsRead && entry.getNumber() != lastNumber + 1) {
            throw gap(record, RootLocaleText.format("it is entry %d of its partition, but the one before it is %s",
                    entry.getNumber(), lastNumber == 0 ? "missing" : Long.toString(lastNumber)));
        }
        lastNumber = entry.getNumber();
        lastOffset = record.offset();
    }

    /**
     * Checks the number and the time of an entry against the header row before it.
     *
     * @throws ReplayHaltedException if entries are missing
     */
    void check(JournalRecord record, OfferHeader header, Entry entry) {
        long ahead = entry.sequence() - header.sequence();
        if (ahead != 0 && ahead != 1) {
            throw gap(record, RootLocaleText.format("it is entry %d of its offer, but the one before it is %d",
                    entry.sequence(), header.sequence()));
        }
        if (ahead == 1 && entry.clock().isBefore(header.clock())) {
            throw gap(record, RootLocaleText.format("its time is %s, but the offer's clock is already at %s",
                    entry.clock(), header.clock()));
        }
    }

    private ReplayHaltedException gap(JournalRecord record, String why) {
        return new ReplayHaltedException(record, why,
                RootLocaleText.format(RESTORE, record.partition(), Math.max(0, lastOffset)));
    }
}
