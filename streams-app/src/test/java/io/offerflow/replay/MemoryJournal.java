package io.offerflow.replay;

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

    /** A journal with all that another has now. */
    public static MemoryJournal copyOf(Journal other) {
        List<JournalRecord> records = new ArrayList<>();
        other.stretches().forEach(stretch -> other.read(stretch, records::add));
        return new MemoryJournal(records);
    }

    /** The same with one partition only, and without some of its records. */
    MemoryJournal without(int from, int to) {
        List<JournalRecord> left = new ArrayList<>(partitions.get(0).subList(0, from));
        left.addAll(partitions.get(0).subList(to, partitions.get(0).size()));
        return new MemoryJournal(left);
    }

    /** How many records there are. */
    public long size() {
        return partitions.values().stream().mapToLong(List::size).sum();
    }

    /** Bytes of all keys and values. */
    public long bytes() {
        return partitions.values().stream().flatMap(List::stream).mapToLong(record ->
                record.key().map(key -> key.length).orElse(0) + record.value().map(value -> value.length).orElse(0))
                .sum();
    }

    @Override
    public List<Stretch> stretches() {
        return partitions.entrySet().stream().map(MemoryJournal::stretch).toList();
    }

    private static Stretch stretch(Map.Entry<Integer, List<JournalRecord>> partition) {
        return new Stretch(partition.getKey(), partition.getValue().getFirst().offset(),
                partition.getValue().getLast().offset() + 1);
    }

    @Override
    public void read(Stretch stretch, Taker taker) {
        for (JournalRecord record : partitions.get(stretch.partition())) {
            if (record.offset() >= stretch.from() && record.offset() < stretch.to() && !taker.take(record)) {
                return;
            }
        }
    }
}
