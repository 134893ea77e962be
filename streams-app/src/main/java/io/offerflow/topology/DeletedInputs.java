package io.offerflow.topology;

import io.offerflow.contract.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Finds inputs that were deleted while the task was reading: Kafka Streams then goes on at the first record that is
 * left. Most offsets that are left out belong to transaction markers, so the brokers are asked, and not waited for.
 */
final class DeletedInputs {

    /** Offsets without a record, from one to before another. */
    record OffsetJump(Topic input, long from, long until) {
    }

    private final Function<Set<Topic>, CompletableFuture<Map<Topic, Long>>> firstOffsets;
    private List<OffsetJump> jumps = new ArrayList<>();
    private List<OffsetJump> asked = List.of();
    private Optional<CompletableFuture<Map<Topic, Long>>> answer = Optional.empty();

    /** @param firstOffsets asks for the first offsets that inputs still have */
    DeletedInputs(Function<Set<Topic>, CompletableFuture<Map<Topic, Long>>> firstOffsets) {
        this.firstOffsets = firstOffsets;
    }

    void jumped(OffsetJump jump) {
        jumps.add(jump);
    }

    /** The jumps over deleted inputs that the brokers have confirmed since the last call. Asks about later jumps. */
    List<OffsetJump> poll() {
        List<OffsetJump> deleted = answer.filter(CompletableFuture::isDone).map(this::deleted).orElse(List.of());
        if (answer.isEmpty() && !jumps.isEmpty()) {
            asked = jumps;
            jumps = new ArrayList<>();
            Set<Topic> inputs = EnumSet.noneOf(Topic.class);
            asked.forEach(jump -> inputs.add(jump.input()));
            answer = Optional.of(firstOffsets.apply(inputs));
        }
        return deleted;
    }

    private List<OffsetJump> deleted(CompletableFuture<Map<Topic, Long>> first) {
        answer = Optional.empty();
        if (first.isCompletedExceptionally()) {
            jumps.addAll(0, asked); // the brokers are asked again
            return List.of();
        }
        return asked.stream().filter(jump -> first.join().getOrDefault(jump.input(), 0L) > jump.from()).toList();
    }
}
