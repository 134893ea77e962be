package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows on the topic deliveries that belong to one partition of events: what the next commit has to write, and from
 * which offset on another instance has to read to find everything that is still pending.
 */
final class PartitionRows {

    /** A row that is needed is written again when it is this far from the end, so that a takeover reads little. */
    static final long FAR = 100_000;

    /** The topic deletes old rows, so one that is needed is written again. */
    private static final Duration OLD = Duration.ofDays(1);
    private static final int MOST_REFRESHED = 100;

    /** A row to write; without a value it removes the row of the key. */
    record RowWrite(String key, Optional<Object> value, Optional<LiveRow> live) {
    }

    /** A dead letter to write, with the key of its event. */
    record DeadLetterWrite(String key, DeadLetter letter) {
    }

    /** What one commit writes. */
    record RowBatch(List<RowWrite> rows, List<DeadLetterWrite> deadLetters) {
    }

    private record RowPlace(LiveRow live, Instant writtenAt) {
    }

    private final Set<LiveRow> changed = new LinkedHashSet<>();
    private final List<RowWrite> finished = new ArrayList<>();
    private final List<DeadLetterWrite> deadLetters = new ArrayList<>();
    private final Map<LiveRow, Long> offsets = new IdentityHashMap<>();
    private final TreeMap<Long, RowPlace> places = new TreeMap<>();
    private long end;

    PartitionRows(long end) {
        this.end = end;
    }

    /** The row has to be written. */
    void changed(LiveRow row) {
        changed.add(row);
    }

    /** The row is not live any more; a last version of it is written, if there is one. */
    void finished(LiveRow row, Optional<Object> last) {
        changed.remove(row);
        boolean recorded = forget(row);
        if (recorded || last.isPresent()) {
            finished.add(new RowWrite(row.rowKey(), last, Optional.empty()));
        }
    }

    void deadLetter(String key, DeadLetter letter) {
        deadLetters.add(new DeadLetterWrite(key, letter));
    }

    /** A row that is not of a delivery of this partition, such as that of a test. */
    void extra(String key, Object row) {
        finished.add(new RowWrite(key, Optional.of(row), Optional.empty()));
    }

    boolean isClean() {
        return changed.isEmpty() && finished.isEmpty() && deadLetters.isEmpty();
    }

    int size() {
        return changed.size() + finished.size();
    }

    /** Takes what has to be written, with rows that are needed and far from the end. */
    RowBatch take(Instant now) {
        places.values().stream().limit(MOST_REFRESHED).takeWhile(place -> isFar(place, now)).map(RowPlace::live)
                .forEach(changed::add);
        List<RowWrite> rows = new ArrayList<>(finished);
        changed.forEach(live -> {
            Optional<Object> value = live.row();
            boolean needed = value.isPresent() || offsets.containsKey(live);
            if (needed) {
                rows.add(new RowWrite(live.rowKey(), value, Optional.of(live)));
            }
        });
        RowBatch batch = new RowBatch(rows, List.copyOf(deadLetters));
        changed.clear();
        finished.clear();
        deadLetters.clear();
        return batch;
    }

    private boolean isFar(RowPlace place, Instant now) {
        return offsets.get(place.live()) < end - FAR || place.writtenAt().plus(OLD).isBefore(now);
    }

    /** A row was written at this offset. */
    void written(RowWrite row, long offset, Instant now) {
        row.live().ifPresent(live -> {
            forget(live);
            if (row.value().isPresent()) {
                restored(live, offset, now);
            }
        });
        end = Math.max(end, offset + 1);
    }

    /** A row was found at this offset. */
    void restored(LiveRow live, long offset, Instant writtenAt) {
        offsets.put(live, offset);
        places.put(offset, new RowPlace(live, writtenAt));
        end = Math.max(end, offset + 1);
    }

    /** The offset from which on all live rows are found. */
    long bookmark() {
        return places.isEmpty() ? end : places.firstKey();
    }

    /** The offset after the last row that was written. */
    long end() {
        return end;
    }

    private boolean forget(LiveRow row) {
        Optional<Long> offset = Optional.ofNullable(offsets.remove(row));
        offset.ifPresent(places::remove);
        return offset.isPresent();
    }
}
