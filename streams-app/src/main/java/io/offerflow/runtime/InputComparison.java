package io.offerflow.runtime;

import io.offerflow.avro.InputPosition;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.MissingInputs;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.contract.Topic;
import io.offerflow.topology.StartCheck.StartPoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Compares the inputs that a task has taken with its input topics: which are missing, and which come again. */
final class InputComparison {

    /** Finds committed records of an input's partition. */
    interface RecordFinder {
        /** Whether there is a record from one offset up to before another. */
        boolean hasRecords(Topic input, long from, long until);
    }

    private final StoredPosition stored;
    private final RecordFinder records;
    private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
    private final List<InputPosition> changes = new ArrayList<>();
    private final Set<Topic> repeated = EnumSet.noneOf(Topic.class);

    private InputComparison(StoredPosition stored, RecordFinder records) {
        this.stored = stored;
        this.records = records;
    }

    /** Where a task goes on whose state is that of its journal. */
    static StartPoint compare(StoredPosition stored, TaskTopics topics, RecordFinder records) {
        InputComparison comparison = new InputComparison(stored, records);
        topics.inputs().forEach(comparison::compare);
        Map<String, String> ids = new TreeMap<>();
        topics.inputs().forEach((input, state) -> ids.put(input.topicName(), state.topicId()));
        topics.changelogs().forEach((changelog, state) -> ids.put(changelog, state.topicId()));
        return new StartPoint(new TaskPosition(stored.position().number(), comparison.next),
                stored.topics().with(ids), List.copyOf(comparison.changes), comparison.repeated);
    }

    private void compare(Topic input, TaskTopics.InputState state) {
        OptionalLong expected = stored.position().next(input);
        if (expected.isEmpty()) {
            begin(input, state, state.start(), null);
        } else if (stored.topics().of(input.topicName()).filter(id -> !id.equals(state.topicId())).isPresent()) {
            begin(input, state, state.firstOffset(),
                    new MissingInputs(MissingCause.RECREATED, expected.getAsLong(), null));
            skipped(input, state, state.firstOffset());
        } else if (state.endOffset() < expected.getAsLong()) {
            begin(input, state, state.endOffset(),
                    missing(MissingCause.TRUNCATED, state.endOffset(), expected.getAsLong()));
            goOn(input, state, state.endOffset());
        } else {
            goOn(input, state, expected.getAsLong());
        }
    }

    /** The topic is the one that was taken up to before the offset {@code expected}. */
    private void goOn(Topic input, TaskTopics.InputState state, long expected) {
        next.put(input, expected);
        if (state.start() < expected) {
            repeated.add(input);
        } else if (state.firstOffset() > expected && state.start() == state.firstOffset()
                && state.committed().orElse(-1) != state.start()) {
            begin(input, state, state.start(), missing(MissingCause.DELETED, expected, state.start()));
        } else {
            skipped(input, state, expected);
        }
    }

    private void skipped(Topic input, TaskTopics.InputState state, long expected) {
        long from = Math.max(expected, state.firstOffset());
        if (state.start() > from && records.hasRecords(input, from, state.start())) {
            begin(input, state, state.start(), missing(MissingCause.SKIPPED, expected, state.start()));
        }
    }

    private void begin(Topic input, TaskTopics.InputState state, long offset, MissingInputs missing) {
        next.put(input, offset);
        changes.add(new InputPosition(input.topicName(), state.topicId(), offset, missing));
    }

    private static MissingInputs missing(MissingCause cause, long from, long until) {
        return new MissingInputs(cause, from, until);
    }
}
