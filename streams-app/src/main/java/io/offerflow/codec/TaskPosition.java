package io.offerflow.codec;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far a task has come: the number of the journal entry that it wrote last, and the offsets at which it goes on in
 * its inputs. A row of the store {@code positions}, written with each entry.
 *
 * @param number 0 before the first entry
 * @param next by input; one without an entry is not known
 */
public record TaskPosition(long number, Map<Topic, Long> next) {

    /** The key of the row. */
    public static final byte[] KEY = "position".getBytes(StandardCharsets.US_ASCII);
    /** The position before the first entry. */
    public static final TaskPosition NONE = new TaskPosition(0, Map.of());

    private static final byte FORMAT = 1;
    private static final long UNKNOWN = -1;
    private static final List<Topic> INPUTS = Topic.inputs();

    public TaskPosition {
        next = Collections.unmodifiableMap(next.isEmpty() ? new EnumMap<>(Topic.class) : new EnumMap<>(next));
    }

    /** The offset at which an input goes on; empty if it is not known. */
    public OptionalLong next(Topic input) {
        Long offset = next.get(input);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The row: a format number, the entry, and an offset for each input in the order of the catalogue. */
    public byte[] encode() {
        ByteBuffer row = ByteBuffer.allocate(1 + Long.BYTES * (1 + INPUTS.size())).put(FORMAT).putLong(number);
        for (Topic input : INPUTS) {
            row.putLong(next.getOrDefault(input, UNKNOWN));
        }
        return row.array();
    }

    /**
     * Decodes a row; a row of an earlier release has fewer inputs.
     *
     * @throws IllegalStateException if a newer release wrote it
     */
    public static TaskPosition decode(byte[] stored) {
        ByteBuffer row = ByteBuffer.wrap(stored);
        if (row.get() != FORMAT) {
            throw new IllegalStateException(RootLocaleText.format("a store holds a position of format %d, but this "
                    + "release knows %d: a newer release wrote it", stored[0], FORMAT));
        }
        long number = row.getLong();
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        for (int input = 0; row.hasRemaining(); input++) {
            long offset = row.getLong();
            if (offset != UNKNOWN) {
                next.put(INPUTS.get(input), offset);
            }
        }
        return new TaskPosition(number, next);
    }
}
