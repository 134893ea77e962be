package io.offerflow.replay.journal;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferHeader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices that lines are missing in a partition of the journal. Offsets do not tell: markers of transactions take some
 * as well. An offer's entries are numbered, and each input says how far it lies behind the one before it.
 */
public final class GapDetector {

    private static final String RESTORE = "Lines of the journal are missing before it. Restore the topic from a copy; "
            + "up to here, --at %d:%d gives the state";

    private final Map<String, Long> inputs = new TreeMap<>();
    private long last = -1;
    private boolean whole = true;

    /** Not every line is shown: inputs in between are no loss. */
    public void partial() {
        whole = false;
    }

    /** Looks at the next line, whatever it is about. */
    public void check(JournalRecord record, JournalEntry line) {
        Optional.ofNullable(line.getInput()).ifPresent(input -> follows(record, input));
        last = record.offset();
    }

    private void follows(JournalRecord record, JournalInput input) {
        Coordinates source = input.getSource();
        Long before = inputs.put(source.getTopic(), source.getOffset());
        if (whole && input.getStep() != 0 && (before == null || before + input.getStep() != source.getOffset())) {
            throw missing(record, RootLocaleText.format("the input before %s-%d@%d should be @%d, but the journal has %s",
                    source.getTopic(), source.getPartition(), source.getOffset(),
                    source.getOffset() - input.getStep(), before == null ? "none" : "@" + before));
        }
    }

    /** Looks at an entry of an offer that stands like this. */
    public void check(JournalRecord record, OfferHeader facts, Entry entry) {
        long ahead = entry.sequence() - facts.sequence();
        if (ahead != 0 && ahead != 1) {
            throw missing(record, RootLocaleText.format("it is entry %d of its offer, but the one before it is %d",
                    entry.sequence(), facts.sequence()));
        }
        if (ahead == 1 && entry.clock().isBefore(facts.clock())) {
            throw missing(record, RootLocaleText.format("its time is %s, but the offer's clock stands at %s already",
                    entry.clock(),
                    facts.clock()));
        }
    }

    /** Offset of the newest input of each topic that the journal has. */
    public Map<String, Long> inputs() {
        return inputs;
    }

    private ReplayHaltedException missing(JournalRecord record, String why) {
        return new ReplayHaltedException(record, why, RootLocaleText.format(RESTORE, record.partition(), Math.max(0, last)));
    }
}
