package io.offerflow.codec;

import io.offerflow.domain.model.RootLocaleText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The ids of the topics that the state of a task was made from: its inputs and the changelogs of its stores. A topic
 * that is created again has another id. A row of the store {@code positions}, written when an id is new.
 */
public record TopicIds(SortedMap<String, String> byName) {

    /** The key of the row. */
    public static final byte[] KEY = "topics".getBytes(StandardCharsets.US_ASCII);
    /** Nothing is known. */
    public static final TopicIds NONE = new TopicIds(new TreeMap<>());

    private static final String FORMAT = "1";
    private static final String BETWEEN = "\n";

    /** The id of a topic, if it is known. */
    public Optional<String> of(String topic) {
        return Optional.ofNullable(byName.get(topic));
    }

    /** These ids with those of other topics. */
    public TopicIds with(Map<String, String> others) {
        SortedMap<String, String> all = new TreeMap<>(byName);
        all.putAll(others);
        return new TopicIds(all);
    }

    /** The row: a format number, then a line for each topic. */
    public byte[] encode() {
        return byName.entrySet().stream().map(topic -> topic.getKey() + "=" + topic.getValue())
                .collect(Collectors.joining(BETWEEN, FORMAT + BETWEEN, "")).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Decodes a row.
     *
     * @throws IllegalStateException if a newer release wrote it
     */
    public static TopicIds decode(byte[] stored) {
        String[] lines = new String(stored, StandardCharsets.UTF_8).split(BETWEEN);
        if (!lines[0].equals(FORMAT)) {
            throw new IllegalStateException(RootLocaleText.format("a store holds topic ids of format %s, but this "
                    + "release knows %s: a newer release wrote it", lines[0], FORMAT));
        }
        SortedMap<String, String> ids = new TreeMap<>();
        for (int line = 1; line < lines.length; line++) {
            int end = lines[line].indexOf('=');
            ids.put(lines[line].substring(0, end), lines[line].substring(end + 1));
        }
        return new TopicIds(ids);
    }
}
