package io.offerflow.replay.fold;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Detects missing entries in a partition of the journal. Offsets do not show them, because transaction markers take
 * offsets, too. It uses the sequence numbers of an offer's entries, and the distance of each input from the one before.
 */
final class GapDetector {

    private static final String RESTORE = "Entries of the journal are missing before it. Restore the topic from a "
            + "copy; up to here, --at %d:%d gives the state";

    private final Map<String, Long> newestInputs = new TreeMap<>();
    private long lastOffset = -1;
    private boolean everyEntryIsRead = true;

    /** Tells that some entries are skipped: missing inputs are then no gap. */
    void allowUnreadEntries() {
        everyEntryIsRead = false;
    }

    /**
     * Checks the distance of the input of the next entry from the input before it.
     *
     * @throws ReplayHaltedException if entries are missing
     */
    void check(JournalRecord record, JournalEntry entry) {
        Optional.ofNullable(entry.getInput()).ifPresent(input -> checkInput(record, input));
        lastOffset = record.offset();
    }

    private void checkInput(JournalRecord record, JournalInput input) {
        Coordinates source = input.getSource();
        Long before = newestInputs.put(source.getTopic(), source.getOffset());
        if (everyEntryIsRead && input.getStep() != 0
                && (before == null || before + input.getStep() != source.getOffset())) {
            throw gap(record, RootLocaleText.format(
                    "the input before %s-%d@%d should be @%d, but the journal has %s", source.getTopic(),
                    source.getPartition(), source.getOffset(), source.getOffset() - input.getStep(),
                    before == null ? "none" : "@" + before));
        }
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

    /** Offset of the newest journalled input by topic. */
    Map<String, Long> newestInputs() {
        return newestInputs;
    }

    private ReplayHaltedException gap(JournalRecord record, String why) {
        return new ReplayHaltedException(record, why,
                RootLocaleText.format(RESTORE, record.partition(), Math.max(0, lastOffset)));
    }
}
