package io.offerflow.domain.model;

/** The five statuses of S2; derived from the header row, never stored (domain.md 5.0). */
public enum Status {
    DRAFT, PUBLISH_IN_PROGRESS, ATTENTION_NEEDED, LIVE, NOT_SOLD
}
