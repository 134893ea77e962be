package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.Topic;
import io.offerflow.topology.DeletedInputs.OffsetJump;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class DeletedInputsTest {

    private static final OffsetJump JUMP = new OffsetJump(Topic.OFFER_COMMANDS, 3, 9);

    private final Deque<CompletableFuture<Map<Topic, Long>>> answers = new ArrayDeque<>();
    private final DeletedInputs inputs = new DeletedInputs(asked -> {
        answers.add(new CompletableFuture<>());
        return answers.getLast();
    });

    @Test
    void aJumpOverOffsetsThatNoLongerExistIsADeletion() {
        inputs.jumped(JUMP);
        assertThat(inputs.poll()).isEmpty();
        assertThat(inputs.poll()).as("does not wait").isEmpty();
        answers.remove().complete(Map.of(Topic.OFFER_COMMANDS, 9L));
        assertThat(inputs.poll()).containsExactly(JUMP);
        assertThat(inputs.poll()).as("once").isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void aJumpOverATransactionMarkerIsNone() {
        inputs.jumped(JUMP);
        inputs.poll();
        answers.remove().complete(Map.of(Topic.OFFER_COMMANDS, 3L));
        assertThat(inputs.poll()).isEmpty();
    }

    @Test
    void aJumpAfterTheQuestionIsAskedAboutNext() {
        OffsetJump later = new OffsetJump(Topic.OFFER_COMMANDS, 12, 20);
        inputs.jumped(JUMP);
        inputs.poll();
        inputs.jumped(later);
        answers.remove().complete(Map.of(Topic.OFFER_COMMANDS, 9L));
        assertThat(inputs.poll()).containsExactly(JUMP);
        answers.remove().complete(Map.of(Topic.OFFER_COMMANDS, 20L));
        assertThat(inputs.poll()).containsExactly(later);
    }

    @Test
    void brokersThatDoNotAnswerAreAskedAgain() {
        inputs.jumped(JUMP);
        inputs.poll();
        answers.remove().completeExceptionally(new TimeoutException("the brokers are away"));
        assertThat(inputs.poll()).isEmpty();
        answers.remove().complete(Map.of(Topic.OFFER_COMMANDS, 9L));
        assertThat(inputs.poll()).containsExactly(JUMP);
    }
}
