package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapDetectorTest {

    private final GapDetector gaps = new GapDetector(FoldPosition.BEGINNING);

    @Test
    void aHoleInTheNumbersOfAPartitionIsAGap() {
        entry(0, 1);
        entry(3, 2); // transaction markers have the offsets between

        assertThatThrownBy(() -> entry(5, 4)).isInstanceOf(ReplayHaltedException.class)
                .hasMessageContaining("stopped at offer-journal-0@5")
                .hasMessageContaining("it is entry 4 of its partition, but the one before it is 2")
                .hasMessageContaining("--at 0:3 gives the state");
    }

    @Test
    void anEntryThatComesTwiceIsAGap() {
        entry(0, 1);
        assertThatThrownBy(() -> entry(1, 1)).isInstanceOf(ReplayHaltedException.class);
    }

    @Test
    void aPartitionBeginsWithItsFirstEntry() {
        assertThatThrownBy(() -> entry(0, 2)).isInstanceOf(ReplayHaltedException.class)
                .hasMessageContaining("it is entry 2 of its partition, but the one before it is missing");
    }

    @Test
    void aHoleIsNoGapWhenEntriesAreSkipped() {
        gaps.allowUnreadEntries();
        entry(0, 7);
        assertThatCode(() -> entry(5, 12)).doesNotThrowAnyException();
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

    private void entry(long offset, long number) {
        JournalEntry entry = new JournalEntry();
        entry.setNumber(number);
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
