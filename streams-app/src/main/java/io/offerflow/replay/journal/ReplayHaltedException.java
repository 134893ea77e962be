package io.offerflow.replay.journal;

import io.offerflow.domain.model.RootLocaleText;

/** A replay cannot go on behind this entry without risking a wrong state: which one, why, and what to do. */
public final class ReplayHaltedException extends RuntimeException {

    public ReplayHaltedException(JournalRecord at, String why, String advice) {
        this(at.partition(), at.offset(), why, advice);
    }

    public ReplayHaltedException(int partition, long offset, String why, String advice) {
        super(RootLocaleText.format("stopped at %s: %s. %s.", JournalRecord.where(partition, offset),
                why.endsWith(".") ? why.substring(0, why.length() - 1) : why, advice));
    }
}
