package io.offerflow.domain.model;

/** How the saved audience of a plan stands against the one that counts for customers (domain.md 5.3). */
public enum AudienceState {
    IN_SYNC, CHANGED, SYNCING, FAILED
}
