package io.offerflow.replay;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.OfferFacts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices that lines are missing in a partition of the journal. Offsets do not tell: markers of transactions take some
 * as well. An offer's entries are numbered, and each input says how far it lies behind the one before it.
 */
final class Continuity {

    private static final String RESTORE = "Lines of the journal are missing before it. Restore the topic from a copy; "
            + "up to here, --at %d:%d gives the state";

    private final Map<String, Long> inputs = new TreeMap<>();
    private long last = -1;
    private boolean whole = true;

    /** Not every line is shown: inputs in between are no loss. */
    void partial() {
        whole = false;
    }

    /** Looks at the next line, whatever it is about. */
    void check(JournalRecord record, JournalEntry line) {
        Optional.ofNullable(line.getInput()).ifPresent(input -> follows(record, input));
        last = record.offset();
    }

    private void follows(JournalRecord record, JournalInput input) {
        Coordinates source = input.getSource();
        Long before = inputs.put(source.getTopic(), source.getOffset());
        if (whole && input.getStep() != 0 && (before == null || before + input.getStep() != source.getOffset())) {
            throw missing(record, Texts.format("the input before %s-%d@%d should be @%d, but the journal has %s",
                    source.getTopic(), source.getPartition(), source.getOffset(),
                    source.getOffset() - input.getStep(), before == null ? "none" : "@" + before));
        }
    }

    /** Looks at an entry of an offer that stands like this. */
    void check(JournalRecord record, OfferFacts facts, Entry entry) {
        long ahead = entry.sequence() - facts.sequence();
        if (ahead != 0 && ahead != 1) {
            throw missing(record, Texts.format("it is entry %d of its offer, but the one before it is %d",
                    entry.sequence(), facts.sequence()));
        }
        if (ahead == 1 && entry.now().isBefore(facts.clock())) {
            throw missing(record, Texts.format("its time is %s, but the offer's clock stands at %s already",
                    entry.now(),
                    facts.clock()));
        }
    }

    /** Offset of the newest input of each topic that the journal has. */
    Map<String, Long> inputs() {
        return inputs;
    }

    private StoppedException missing(JournalRecord record, String why) {
        return new StoppedException(record, why, Texts.format(RESTORE, record.partition(), Math.max(0, last)));
    }
}
