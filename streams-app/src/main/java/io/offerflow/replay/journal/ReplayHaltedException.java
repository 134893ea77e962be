package io.offerflow.replay.journal;

import io.offerflow.domain.model.RootLocaleText;

/** A replay halts at an entry because the state after it could be wrong; says which entry, why, and what to do. */
public final class ReplayHaltedException extends RuntimeException {

    public ReplayHaltedException(JournalRecord record, String why, String advice) {
        this(record.partition(), record.offset(), why, advice);
    }

    public ReplayHaltedException(int partition, long offset, String why, String advice) {
        super(RootLocaleText.format("stopped at %s: %s. %s.", JournalRecord.coordinates(partition, offset),
                why.endsWith(".") ? why.substring(0, why.length() - 1) : why, advice));
    }
}
