package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.util.Optional;

/** A record of the journal as it lies there: bytes. */
public record JournalRecord(int partition, long offset, Optional<byte[]> key, Optional<byte[]> value) {

    /** For people: {@code offer-journal-0@17}. */
    public String where() {
        return where(partition, offset);
    }

    static String where(int partition, long offset) {
        return RootLocaleText.format("%s-%d@%d", Topic.OFFER_JOURNAL.topicName(), partition, offset);
    }
}
