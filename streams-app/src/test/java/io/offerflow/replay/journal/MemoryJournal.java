package io.offerflow.replay.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A journal in memory; its offsets may have holes, as markers of transactions leave them. */
public final class MemoryJournal implements Journal {

    private final SortedMap<Integer, List<JournalRecord>> partitions;

    public MemoryJournal(List<JournalRecord> records) {
        this.partitions = new TreeMap<>(records.stream().collect(Collectors.groupingBy(JournalRecord::partition)));
    }

    /** The same with one partition only, and without some of its records. */
    MemoryJournal without(int from, int to) {
        List<JournalRecord> left = new ArrayList<>(partitions.get(0).subList(0, from));
        left.addAll(partitions.get(0).subList(to, partitions.get(0).size()));
        return new MemoryJournal(left);
    }

    @Override
    public List<OffsetRange> ranges() {
        return partitions.entrySet().stream().map(MemoryJournal::stretch).toList();
    }

    private static OffsetRange stretch(Map.Entry<Integer, List<JournalRecord>> partition) {
        return new OffsetRange(partition.getKey(), partition.getValue().getFirst().offset(),
                partition.getValue().getLast().offset() + 1);
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
