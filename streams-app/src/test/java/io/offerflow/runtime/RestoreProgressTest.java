package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("offerflow-offers-changelog", 3);

    private final RestoreProgress progress = new RestoreProgress();

    @Test
    void whatIsLeftIsCounted() {
        progress.onRestoreStart(CHANGELOG, "offers", 10, 30);
        progress.onBatchRestored(CHANGELOG, "offers", 14, 5);
        assertThat(progress.remaining()).isEqualTo(15);
        progress.onRestoreEnd(CHANGELOG, "offers", 20);
        assertThat(progress.remaining()).isZero();
    }

    @Test
    void aStoreAtTheEndOfItsChangelogIsUsed() {
        progress.onRestoreStart(CHANGELOG, "offers", 30, 30);
        assertThat(progress.remaining()).isZero();
    }

    @Test
    void aChangelogWhoseEndIsLostIsAnErrorWithAWayBack() {
        assertThatThrownBy(() -> progress.onRestoreStart(CHANGELOG, "offers", 31, 30))
                .isInstanceOf(ProcessorStateException.class)
                .satisfies(lost -> assertThat(FailureReason.of(new StreamsException("listener", lost)))
                        .contains("store offers", "up to offset 30 of offerflow-offers-changelog-3", "ends at 30",
                                "new-generation"));
    }
}
