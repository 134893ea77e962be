package io.offerflow.replay;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;

/** A line of the journal, understood. */
sealed interface Line {

    /** The line as it was written. */
    JournalEntry written();

    /** An offer's entry. */
    record OfOffer(JournalEntry written, OfferKey offer, Entry entry) implements Line {
    }

    /** From here on this policy decides. */
    record OfPolicy(JournalEntry written, Policy policy) implements Line {
    }

    /** An input that could not be read: it changed nothing. */
    record OfQuarantined(JournalEntry written) implements Line {
    }
}
