package io.offerflow.domain.model;

/** How a request stands (domain.md 5.5). */
public enum RemovalState {
    SUBMITTED, IN_PROGRESS, WAITING_FOR_PUBLISHER, COMPLETED, REJECTED, WITHDRAWN;

    /** Whether anything can still come of it (B18). */
    public boolean open() {
        return this == SUBMITTED || this == IN_PROGRESS || this == WAITING_FOR_PUBLISHER;
    }
}
