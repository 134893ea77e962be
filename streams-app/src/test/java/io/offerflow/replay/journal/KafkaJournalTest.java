package io.offerflow.replay.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaJournalTest {

    @Test
    void anEntryWhoseChecksumIsWrongStopsTheReplay() {
        KafkaException wrong = new KafkaException("Record batch for partition offer-journal-3 at offset 54 is invalid, "
                + "cause: Record is corrupt (stored crc = 1, computed crc = 2)");
        assertThatThrownBy(() -> read(wrong)).isInstanceOf(ReplayHaltedException.class).hasMessageContainingAll(
                "stopped at offer-journal-3@54: the brokers have an entry whose checksum is wrong", "stored crc = 1",
                "Restore this partition of the journal from a replica or a copy.");
        assertThatThrownBy(() -> read(new KafkaException("Received exception when fetching the next record", wrong)))
                .isInstanceOf(ReplayHaltedException.class).hasMessageContaining("stored crc = 1");
    }

    @Test
    void anotherFailureOfTheConsumerIsNotAboutTheJournal() {
        KafkaException other = new KafkaException("no");
        assertThatThrownBy(() -> read(other)).isSameAs(other);
    }

    private static void read(KafkaException failure) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.setPollException(failure);
        new KafkaJournal(() -> consumer).read(new OffsetRange(3, 54, 60), record -> true);
    }
}
