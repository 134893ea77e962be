package io.offerflow.replay.journal;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;

/** An entry of the journal in terms of the domain. */
public sealed interface DecodedEntry {

    /** The entry as it is in the journal. */
    JournalEntry avro();

    /** An offer's entry. */
    record OfferEntry(JournalEntry avro, OfferKey offer, Entry entry) implements DecodedEntry {
    }

    /** The policy by which the following entries were decided. */
    record PolicyEntry(JournalEntry avro, Policy policy) implements DecodedEntry {
    }

    /** Where the inputs are taken from here on. */
    record PositionEntry(JournalEntry avro) implements DecodedEntry {
    }

    /** An input that could not be read and changed no state. */
    record QuarantineEntry(JournalEntry avro) implements DecodedEntry {
    }
}
