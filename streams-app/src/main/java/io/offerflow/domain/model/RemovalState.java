package io.offerflow.domain.model;

/** The states of a removal request (domain.md 5.5). */
public enum RemovalState {
    SUBMITTED, IN_PROGRESS, WAITING_FOR_PUBLISHER, COMPLETED, REJECTED, WITHDRAWN;

    /** Whether the request is not closed yet (B18). */
    public boolean open() {
        return this == SUBMITTED || this == IN_PROGRESS || this == WAITING_FOR_PUBLISHER;
    }
}
