package io.offerflow.replay.journal;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;

/** A line of the journal, understood. */
public sealed interface DecodedEntry {

    /** The line as it was written. */
    JournalEntry written();

    /** An offer's entry. */
    record OfferEntry(JournalEntry written, OfferKey offer, Entry entry) implements DecodedEntry {
    }

    /** From here on this policy decides. */
    record PolicyEntry(JournalEntry written, Policy policy) implements DecodedEntry {
    }

    /** An input that could not be read: it changed nothing. */
    record QuarantineEntry(JournalEntry written) implements DecodedEntry {
    }
}
