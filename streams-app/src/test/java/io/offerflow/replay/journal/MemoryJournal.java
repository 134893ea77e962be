package io.offerflow.replay.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A journal in memory; its offsets may have gaps, as transaction markers leave them. */
public final class MemoryJournal implements Journal {

    private final SortedMap<Integer, List<JournalRecord>> partitions;

    public MemoryJournal(List<JournalRecord> records) {
        this.partitions = new TreeMap<>(records.stream().collect(Collectors.groupingBy(JournalRecord::partition)));
    }

    /** A journal of so many partitions; one without records is empty. */
    public MemoryJournal(List<JournalRecord> records, int number) {
        this(records);
        IntStream.range(0, number).forEach(partition -> partitions.putIfAbsent(partition, List.of()));
    }

    /** Its first partition, without some of the records. */
    MemoryJournal without(int from, int to) {
        List<JournalRecord> left = new ArrayList<>(partitions.get(0).subList(0, from));
        left.addAll(partitions.get(0).subList(to, partitions.get(0).size()));
        return new MemoryJournal(left);
    }

    @Override
    public List<OffsetRange> ranges() {
        return partitions.entrySet().stream().map(MemoryJournal::range).toList();
    }

    private static OffsetRange range(Map.Entry<Integer, List<JournalRecord>> partition) {
        List<JournalRecord> records = partition.getValue();
        return records.isEmpty() ? new OffsetRange(partition.getKey(), 0, 0)
                : new OffsetRange(partition.getKey(), records.getFirst().offset(), records.getLast().offset() + 1);
    }

    @Override
    public void read(OffsetRange range, RecordHandler handler) {
        for (JournalRecord record : partitions.get(range.partition())) {
            if (record.offset() >= range.from() && record.offset() < range.to() && !handler.handle(record)) {
                return;
            }
        }
    }
}
