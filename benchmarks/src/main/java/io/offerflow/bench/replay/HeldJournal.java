package io.offerflow.bench.replay;

import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A journal whose bytes lie in memory: what is left of a replay when nothing has to be fetched. */
final class HeldJournal implements Journal {

    private final Map<Integer, List<JournalRecord>> partitions = new TreeMap<>();
    private final List<OffsetRange> stretches;

    private HeldJournal(List<OffsetRange> stretches) {
        this.stretches = List.copyOf(stretches);
    }

    /** All that another journal has now. */
    static HeldJournal copyOf(Journal other) {
        HeldJournal held = new HeldJournal(other.ranges());
        for (OffsetRange stretch : held.stretches) {
            List<JournalRecord> records = new ArrayList<>();
            other.read(stretch, records::add);
            held.partitions.put(stretch.partition(), records);
        }
        return held;
    }

    long entries() {
        return partitions.values().stream().mapToLong(List::size).sum();
    }

    /** Bytes of all keys and values. */
    long bytes() {
        return partitions.values().stream().flatMap(List::stream).mapToLong(record ->
                record.key().map(key -> key.length).orElse(0) + record.value().map(value -> value.length).orElse(0))
                .sum();
    }

    @Override
    public List<OffsetRange> ranges() {
        return stretches;
    }

    @Override
    public void read(OffsetRange stretch, RecordHandler taker) {
        for (JournalRecord record : partitions.get(stretch.partition())) {
            if (record.offset() >= stretch.from() && record.offset() < stretch.to() && !taker.handle(record)) {
                return;
            }
        }
    }
}
