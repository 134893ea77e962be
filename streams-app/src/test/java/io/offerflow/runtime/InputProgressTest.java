package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.runtime.InputProgress.OffsetSample;
import io.offerflow.runtime.InputProgress.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a partition counts as stalled. */
class InputProgressTest {

    private static final TopicPartition ZERO = new TopicPartition("offer-commands", 0);
    private static final TopicPartition ONE = new TopicPartition("offer-commands", 1);
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final InputProgress progress = new InputProgress(Duration.ofSeconds(8));

    private static OffsetSample sample(TopicPartition partition, long position, long delivered, long committed,
            long end) {
        return new OffsetSample(partition, position, offset(delivered), offset(committed), end);
    }

    private static OptionalLong offset(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private List<Stall> judge(int second, OffsetSample... samples) {
        return progress.judge(List.of(samples), START.plusSeconds(second));
    }

    @Test
    void aPartitionThatIsReadToItsEndIsNotStalled() {
        judge(0, sample(ZERO, 17, 17, 17, 17));
        assertThat(judge(3600, sample(ZERO, 17, 17, 17, 17))).isEmpty();
    }

    @Test
    void aPartitionThatKeepsItsPositionIsStalledAfterTheLimit() {
        assertThat(judge(0, sample(ZERO, 17, 17, 17, 20))).isEmpty();
        assertThat(judge(7, sample(ZERO, 17, 17, 17, 21))).isEmpty();
        assertThat(judge(8, sample(ZERO, 17, 17, 17, 22))).containsExactly(new Stall(ZERO, START, 17, 5));
    }

    @Test
    void onlyTheStalledPartitionIsNamed() {
        judge(0, sample(ZERO, 17, 17, 17, 20), sample(ONE, 40, 40, 40, 90));
        assertThat(judge(9, sample(ZERO, 17, 17, 17, 20), sample(ONE, 60, 60, 60, 90)))
                .extracting(Stall::partition).containsExactly(ZERO);
    }

    @Test
    void aRecordThatIsDeliveredAndNotCommittedIsSomethingToTake() {
        judge(0, sample(ZERO, 20, 20, 17, 20));
        assertThat(judge(8, sample(ZERO, 20, 20, 17, 20))).containsExactly(new Stall(ZERO, START, 17, 3));
    }

    @Test
    void theFirstRecordOfAGroupCountsAsDeliveredAndNotCommitted() {
        judge(0, sample(ZERO, 1, 1, -1, 1));
        assertThat(judge(8, sample(ZERO, 1, 1, -1, 1))).containsExactly(new Stall(ZERO, START, 0, 1));
    }

    @Test
    void transactionMarkersThatAreNotCommittedAreNothingToTake() {
        judge(0, sample(ZERO, 19, 17, 17, 19), sample(ONE, 2, -1, -1, 2));
        assertThat(judge(60, sample(ZERO, 19, 17, 17, 19), sample(ONE, 2, -1, -1, 2))).isEmpty();
    }

    @Test
    void anOffsetThatMovesStartsTheTimeAgain() {
        judge(0, sample(ZERO, 17, 17, 17, 20));
        judge(7, sample(ZERO, 18, 17, 17, 20));
        assertThat(judge(14, sample(ZERO, 18, 17, 17, 20))).isEmpty();
        assertThat(judge(15, sample(ZERO, 18, 17, 17, 20))).hasSize(1);
    }

    @Test
    void aPartitionThatLeavesAndComesBackIsNewAgain() {
        judge(0, sample(ZERO, 17, 17, 17, 20));
        judge(5);
        judge(6, sample(ZERO, 17, 17, 17, 20));
        assertThat(judge(13, sample(ZERO, 17, 17, 17, 20))).isEmpty();
    }

    @Test
    void theTimeBeginsWithTheFirstRecordThatWaits() {
        judge(0, sample(ZERO, 17, 17, 17, 17));
        judge(100, sample(ZERO, 17, 17, 17, 18));
        assertThat(judge(107, sample(ZERO, 17, 17, 17, 18))).isEmpty();
        assertThat(judge(108, sample(ZERO, 17, 17, 17, 18))).hasSize(1);
    }
}
