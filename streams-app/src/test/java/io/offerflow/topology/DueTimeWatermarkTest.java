package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Up to when the wall clock may bring about what is due. */
class DueTimeWatermarkTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final DueTimeWatermark horizon = new DueTimeWatermark(GRACE, START.toEpochMilli());

    @Test
    void aTaskThatHasJustBegunWaitsForItsInputsFirst() {
        assertThat(at(START.plusSeconds(29))).as("records may lie there from long ago").isEqualTo(Instant.EPOCH);
    }

    @Test
    void withoutRecordsItStaysTheGraceBehindTheWallClock() {
        assertThat(at(START.plusSeconds(30))).isEqualTo(START);
        assertThat(at(START.plusSeconds(3_600))).isEqualTo(START.plusSeconds(3_570));
    }

    @Test
    void withRecordsItGoesNoFurtherThanTheNewestOfThem() {
        Instant longAgo = START.minusSeconds(7_200);
        horizon.observe(longAgo, START.toEpochMilli());
        horizon.observe(longAgo.minusSeconds(60), START.plusSeconds(1).toEpochMilli());

        assertThat(at(START.plusSeconds(2))).isEqualTo(longAgo);
    }

    @Test
    void withRecordsOfNowItStaysTheGraceBehindTheWallClock() {
        horizon.observe(START, START.toEpochMilli());

        assertThat(at(START.plusSeconds(1))).isEqualTo(START.minusSeconds(29));
    }

    private Instant at(Instant wallClock) {
        return horizon.at(wallClock.toEpochMilli());
    }
}
