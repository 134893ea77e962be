package io.offerflow.replay;

import java.util.ArrayList;
import java.util.List;

/** A journal of one partition in memory; its offsets may have holes, as markers of transactions leave them. */
final class MemoryJournal implements Journal {

    private final List<JournalRecord> records;

    MemoryJournal(List<JournalRecord> records) {
        this.records = List.copyOf(records);
    }

    /** The same without some of its records. */
    MemoryJournal without(int from, int to) {
        List<JournalRecord> left = new ArrayList<>(records.subList(0, from));
        left.addAll(records.subList(to, records.size()));
        return new MemoryJournal(left);
    }

    @Override
    public List<Stretch> stretches() {
        return records.isEmpty() ? List.of(new Stretch(0, 0, 0))
                : List.of(new Stretch(0, records.getFirst().offset(), records.getLast().offset() + 1));
    }

    @Override
    public void read(Stretch stretch, Taker taker) {
        for (JournalRecord record : records) {
            if (record.offset() >= stretch.from() && record.offset() < stretch.to() && !taker.take(record)) {
                return;
            }
        }
    }
}
