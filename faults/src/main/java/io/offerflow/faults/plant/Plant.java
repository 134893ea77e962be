package io.offerflow.faults.plant;

import java.util.Locale;

/** A defect of the service that a run has to find. */
public enum Plant {

    /** At least once instead of exactly once. */
    EXACTLY_ONCE_OFF,

    /** An offer does not remember the ids of commands. */
    DEDUP_OFF,

    /** What becomes due changes the state, and writes no status row. */
    OUTPUT_FORGOTTEN,

    /** A header row is written when the next input comes, perhaps in another transaction than its outputs. */
    WRITE_APART;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
