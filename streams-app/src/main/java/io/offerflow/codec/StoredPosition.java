package io.offerflow.codec;

import io.offerflow.avro.InputPosition;
import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store {@code positions} has of a task. Like all state it is the fold of the journal, apart from the ids of
 * changelogs.
 *
 * @param position {@link TaskPosition#NONE} if it has no entry yet
 */
public record StoredPosition(TaskPosition position, TopicIds topics) {

    public static final StoredPosition NONE = new StoredPosition(TaskPosition.NONE, TopicIds.NONE);

    /** The position after the next entry of the journal. */
    public StoredPosition after(JournalEntry entry) {
        Map<Topic, Long> next = new EnumMap<>(Topic.class);
        next.putAll(position.next());
        Map<String, String> ids = new TreeMap<>();
        Optional.ofNullable(entry.getInput()).map(input -> input.getSource()).ifPresent(source ->
                Topic.named(source.getTopic()).ifPresent(topic -> next.put(topic, source.getOffset() + 1)));
        for (InputPosition input : entry.getPositions()) {
            Topic.named(input.getTopic()).ifPresent(topic -> next.put(topic, input.getOffset()));
            ids.put(input.getTopic(), input.getTopicId());
        }
        return new StoredPosition(new TaskPosition(entry.getNumber(), next), ids.isEmpty() ? topics : topics.with(ids));
    }
}
