package io.offerflow.domain.model;

/** The result of an input that could be read. The order is part of the stored format: see {@code RecentCommands}. */
public enum OutcomeResult {
    ACCEPTED, REJECTED, DUPLICATE, IGNORED
}
