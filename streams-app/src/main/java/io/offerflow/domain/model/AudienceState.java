package io.offerflow.domain.model;

/** The saved audience of a plan compared with the one that counts for customers (domain.md 5.3). */
public enum AudienceState {
    IN_SYNC, CHANGED, SYNCING, FAILED
}
