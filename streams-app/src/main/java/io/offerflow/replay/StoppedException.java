package io.offerflow.replay;

import io.offerflow.domain.Texts;

/** A replay cannot go on behind this entry without risking a wrong state: which one, why, and what to do. */
public final class StoppedException extends RuntimeException {

    public StoppedException(JournalRecord at, String why, String advice) {
        this(at.partition(), at.offset(), why, advice);
    }

    public StoppedException(int partition, long offset, String why, String advice) {
        super(Texts.format("stopped at %s: %s. %s.", JournalRecord.where(partition, offset),
                why.endsWith(".") ? why.substring(0, why.length() - 1) : why, advice));
    }
}
