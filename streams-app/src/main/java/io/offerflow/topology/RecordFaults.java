package io.offerflow.topology;

import io.offerflow.codec.SourceRecord;
import io.offerflow.domain.model.RootLocaleText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts how often the processing of a record failed because of a fault in this release, so that a record that always
 * fails goes to quarantine instead of stopping its partition.
 *
 * <p>The tasks of a process share it, since a failed task is replaced. It remembers the newest fault of each partition.
 * A process that ends begins to count again: its transaction is aborted, so there is no other place that keeps a count.
 */
final class RecordFaults {

    /** Number of times that a record is tried. */
    static final int MAX_TRIES = 3;

    private final Map<TopicPartition, RecordFault> newest = new ConcurrentHashMap<>();

    private record RecordFault(long offset, int tries, String cause) {
    }

    /** The record cannot be processed now; the transaction is aborted, and it is tried again. */
    static final class RecordFaultException extends RuntimeException {
        private RecordFaultException(SourceRecord source, int tries, Throwable cause) {
            super(RootLocaleText.format("cannot process %s because of a fault in this release, try %d of %d: %s",
                    source, tries, MAX_TRIES, cause), cause);
        }
    }

    /** The exception that fails the task, after a fault of a record. */
    RecordFaultException count(SourceRecord source, Throwable fault) {
        RecordFault counted = newest.compute(partition(source), (partition, before) -> new RecordFault(source.offset(),
                before != null && before.offset() == source.offset() ? before.tries() + 1 : 1, fault.toString()));
        return new RecordFaultException(source, counted.tries(), fault);
    }

    /** The cause, if the record was tried often enough. */
    Optional<String> exhausted(SourceRecord source) {
        return newest.isEmpty() ? Optional.empty() : Optional.ofNullable(newest.get(partition(source)))
                .filter(fault -> fault.offset() == source.offset() && fault.tries() >= MAX_TRIES)
                .map(fault -> RootLocaleText.format("failed %d times because of a fault in this release: %s",
                        fault.tries(), fault.cause()));
    }

    private static TopicPartition partition(SourceRecord source) {
        return new TopicPartition(source.topic(), source.partition());
    }
}
