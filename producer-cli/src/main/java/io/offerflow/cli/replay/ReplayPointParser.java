package io.offerflow.cli.replay;

import io.offerflow.replay.journal.ReplayBound;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a point in the journal, as users write it. */
final class ReplayPointParser {

    private static final Pattern ENTRY = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    private ReplayPointParser() {
    }

    /**
     * A point in the journal.
     *
     * @throws IllegalArgumentException if it is neither an instant nor partitions with offsets
     */
    static ReplayBound until(List<String> given) {
        if (given.isEmpty()) {
            return new ReplayBound.Latest();
        }
        Map<Integer, Long> offsets = new HashMap<>();
        for (String text : given) {
            Matcher entry = ENTRY.matcher(text);
            if (entry.matches()) {
                offsets.put(Integer.valueOf(entry.group(1)), Long.valueOf(entry.group(2)));
            } else if (given.size() > 1) {
                throw new IllegalArgumentException("several --at have to be PARTITION:OFFSET, and \"%s\" is not"
                        .formatted(text));
            }
        }
        return offsets.isEmpty() ? new ReplayBound.AtInstant(instant(given.getFirst()))
                : new ReplayBound.AtEntries(offsets);
    }

    /** An instant. */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(("\"%s\" is not a time such as 2026-11-01T00:00Z, nor PARTITION:OFFSET "
                    + "such as 0:1234").formatted(text), e);
        }
    }

    static Optional<Instant> instant(Optional<String> text) {
        return text.map(ReplayPointParser::instant);
    }
}
