package io.offerflow.cli.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PendingOffsetsTest {

    private static final TopicPartition ONE = new TopicPartition("step-requests", 1);
    private final PendingOffsets offsets = new PendingOffsets();

    @Test
    void nothingIsCommittedPastAnUnansweredRequest() {
        offsets.received(ONE, 10);
        offsets.received(ONE, 11);
        offsets.received(ONE, 14);
        offsets.answered(ONE, 11);
        assertThat(offsets.committable()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10)));
        offsets.answered(ONE, 10);
        assertThat(offsets.committable()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(14)));
        offsets.answered(ONE, 14);
        assertThat(offsets.committable()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(15)));
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        offsets.received(ONE, 10);
        offsets.answered(ONE, 10);
        offsets.committed(offsets.committable());
        assertThat(offsets.committable()).isEmpty();
    }

    @Test
    void aRevokedPartitionIsForgottenAndItsLateAnswersAreDropped() {
        offsets.received(ONE, 10);
        offsets.revoked(List.of(ONE));
        assertThat(offsets.isOpen(ONE, 10)).isFalse();
        offsets.answered(ONE, 10);
        assertThat(offsets.committable()).isEmpty();
    }
}
