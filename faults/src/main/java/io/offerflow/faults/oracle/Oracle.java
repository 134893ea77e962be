package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;

/** One promise, checked over one partition: first each journal entry in order, then the end. */
interface Oracle {

    /** The next entry of the journal. */
    default void entry(JournalStep step) {
    }

    /** The journal has ended; this is its fold. */
    default void end(JournalFold fold) {
    }
}
