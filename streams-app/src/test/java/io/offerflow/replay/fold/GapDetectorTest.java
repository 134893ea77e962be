package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapDetectorTest {

    private final GapDetector gaps = new GapDetector();

    @Test
    void anInputWhosePredecessorIsMissingIsAGap() {
        input(0, "offer-commands", 7, 0); // the service does not know the predecessor after a start
        input(1, "offer-commands", 8, 1);
        input(2, "step-results", 3, 0);
        input(3, "offer-commands", 10, 2); // a transaction marker has offset 9

        assertThatThrownBy(() -> input(5, "offer-commands", 12, 1)).isInstanceOf(ReplayHaltedException.class)
                .hasMessageContaining("stopped at offer-journal-0@5")
                .hasMessageContaining("should be @11, but the journal has @10")
                .hasMessageContaining("--at 0:3 gives the state");
    }

    @Test
    void aPredecessorOnATopicWithoutAnyInputIsAGap() {
        assertThatThrownBy(() -> input(0, "step-results", 4, 1)).isInstanceOf(ReplayHaltedException.class)
                .hasMessageContaining("should be @3, but the journal has none");
    }

    @Test
    void missingInputsAreNoGapWhenEntriesAreSkipped() {
        gaps.allowUnreadEntries();
        input(0, "offer-commands", 7, 0);
        input(5, "offer-commands", 12, 1);

        assertThat(gaps.newestInputs()).isEqualTo(Map.of("offer-commands", 12L));
    }

    @Test
    void entriesOfAnOfferAreNumberedWithoutAHole() {
        OfferHeader header = OfferScenario.offer().draft().facts();
        gaps.check(record(1), header, entry(header, 0, Duration.ZERO)); // decided, but without effect
        gaps.check(record(2), header, entry(header, 1, Duration.ZERO));

        for (int distance : List.of(-1, 2)) {
            assertThatThrownBy(() -> gaps.check(record(3), header, entry(header, distance, Duration.ZERO)))
                    .isInstanceOf(ReplayHaltedException.class)
                    .hasMessageContaining("it is entry %d of its offer, but the one before it is %d",
                            header.sequence() + distance, header.sequence());
        }
    }

    @Test
    void theClockOfAnOfferDoesNotRunBackwards() {
        OfferHeader header = OfferScenario.offer().draft().facts();

        assertThatThrownBy(() -> gaps.check(record(3), header, entry(header, 1, Duration.ofMillis(-1))))
                .isInstanceOf(ReplayHaltedException.class).hasMessageContaining("the offer's clock is already at");
    }

    private void input(long offset, String topic, long source, long step) {
        JournalEntry entry = new JournalEntry();
        entry.put(entry.getSchema().getField("input").pos(), new JournalInput(new Coordinates(topic, 0, source),
                Instant.EPOCH, ByteBuffer.allocate(0), null, step));
        gaps.check(record(offset), entry);
    }

    private static JournalRecord record(long offset) {
        return new JournalRecord(0, offset, Optional.empty(), Optional.empty());
    }

    private static Entry entry(OfferHeader header, int distance, Duration later) {
        return new Entry(header.sequence() + distance, header.clock().plus(later), Optional.empty(), List.of(),
                new Decision.TimePassed());
    }
}
