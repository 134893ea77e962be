package io.offerflow.topology;

import io.offerflow.avro.InputPosition;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

/** Compares the state of a task with the topics at the brokers, before its first decision. */
public interface StartCheck {

    /** Without brokers: the number of the last entry goes on, and inputs begin where they begin. */
    StartCheck NONE = (partition, stored) -> new StartPoint(new TaskPosition(stored.position().number(), Map.of()),
            stored.topics(), List.of(), Set.of());

    /**
     * Where a task goes on.
     *
     * @param changes the positions that the journal does not have yet
     * @param repeated inputs whose next record is one that was taken before
     */
    record StartPoint(TaskPosition position, TopicIds topics, List<InputPosition> changes, Set<Topic> repeated) {
    }

    /**
     * Where the task of a partition goes on.
     *
     * @throws UnrecoverableException if the state is not that of the journal
     */
    StartPoint check(int partition, StoredPosition stored);

    /**
     * The same for a task that also knows how long the history of an offer is in its stores.
     *
     * @param sequences number of the last entry that the stored offer had, in the history of that offer
     * @throws UnrecoverableException if the state is not that of the journal
     */
    default StartPoint check(int partition, StoredPosition stored, ToLongFunction<OfferKey> sequences) {
        return check(partition, stored);
    }

    /** The first offsets that inputs of a partition still have; does not wait for them. */
    default CompletableFuture<Map<Topic, Long>> firstOffsets(int partition, Set<Topic> inputs) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
