package io.offerflow.topology;

import io.offerflow.avro.InputPosition;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.MissingInputs;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.errors.StreamsException;

/** Counts the journal entries of a task and the inputs that it has taken. */
final class PositionTracker {

    private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
    private final Set<Topic> repeated = EnumSet.noneOf(Topic.class);
    private final List<InputPosition> changes;
    private final TopicIds topics;
    private final DeletedInputs deleted;
    private long number;

    PositionTracker(StartCheck.StartPoint start, DeletedInputs deleted) {
        this.deleted = deleted;
        this.number = start.position().number();
        this.next.putAll(start.position().next());
        this.repeated.addAll(start.repeated());
        this.changes = start.changes();
        this.topics = start.topics();
    }

    /** The positions that the journal does not have yet. */
    List<InputPosition> changes() {
        return changes;
    }

    TopicIds topics() {
        return topics;
    }

    /**
     * Takes an input.
     *
     * @return false if it was taken before
     * @throws StreamsException if offsets run back, so that the task has to start again
     */
    boolean take(Topic input, long offset) {
        long expected = next.getOrDefault(input, offset);
        if (offset < expected) {
            if (!repeated.contains(input)) {
                throw new StreamsException(RootLocaleText.format("%s was taken up to offset %d, but its next record has"
                        + " offset %d; the task starts again, to compare them", input.topicName(), expected - 1,
                        offset));
            }
            return false;
        }
        repeated.remove(input);
        if (offset > expected) {
            deleted.jumped(new DeletedInputs.OffsetJump(input, expected, offset));
        }
        next.put(input, offset + 1);
        return true;
    }

    /** The positions with inputs missing before them that were deleted while the task was reading. */
    List<InputPosition> deleted() {
        return deleted.poll().stream().map(jump -> new InputPosition(jump.input().topicName(),
                topics.of(jump.input().topicName()).orElse(""), next.get(jump.input()),
                new MissingInputs(MissingCause.DELETED, jump.from(), jump.until()))).toList();
    }

    /** The number of the next entry. */
    long nextNumber() {
        return number + 1;
    }

    /** Counts an entry that is written, and returns the position after it. */
    TaskPosition written() {
        number++;
        return new TaskPosition(number, next);
    }
}
