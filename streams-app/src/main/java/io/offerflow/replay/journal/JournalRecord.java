package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.RootLocaleText;
import java.util.Optional;

/** A record of the journal, not decoded. */
public record JournalRecord(int partition, long offset, Optional<byte[]> key, Optional<byte[]> value) {

    /** Topic, partition and offset, for example {@code offer-journal-0@17}. */
    public String coordinates() {
        return coordinates(partition, offset);
    }

    static String coordinates(int partition, long offset) {
        return RootLocaleText.format("%s-%d@%d", Topic.OFFER_JOURNAL.topicName(), partition, offset);
    }
}
