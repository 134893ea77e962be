package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the brokers say about the topics of one partition.
 *
 * @param journal the journal's partition
 * @param changelogs by the name of the topic
 */
record TaskTopics(JournalEnd journal, Map<String, ChangelogState> changelogs, Map<Topic, InputState> inputs) {

    /**
     * The end of the journal's partition.
     *
     * @param lastNumber number of the last committed entry, 0 if there is none
     * @param firstOffset the first offset that still exists
     */
    record JournalEnd(long lastNumber, long firstOffset) {
    }

    /** The partition of a changelog. */
    record ChangelogState(String topicId, long firstOffset) {
    }

    /**
     * The partition of an input.
     *
     * @param committed the offset that the service's group committed
     */
    record InputState(String topicId, long firstOffset, long endOffset, OptionalLong committed) {

        /** Where Kafka Streams begins: at the committed offset if that exists, otherwise at the first record. */
        long start() {
            return committed.stream().filter(offset -> offset >= firstOffset && offset <= endOffset).findFirst()
                    .orElse(firstOffset);
        }
    }
}
