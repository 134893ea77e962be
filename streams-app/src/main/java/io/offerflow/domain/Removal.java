package io.offerflow.domain;

/** The newest request to remove the offer from the customers who have it (S31). */
public record Removal(long number, State state) {

    /** How a request stands (domain.md 5.5). */
    public enum State {
        SUBMITTED, IN_PROGRESS, WAITING_FOR_PUBLISHER, COMPLETED, REJECTED, WITHDRAWN;

        /** Whether anything can still come of it (B18). */
        public boolean open() {
            return this == SUBMITTED || this == IN_PROGRESS || this == WAITING_FOR_PUBLISHER;
        }
    }
}
