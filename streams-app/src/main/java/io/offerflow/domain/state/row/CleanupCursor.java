package io.offerflow.domain.state.row;

/**
 * Position of the cleanup in a generation that may have obsolete rows.
 *
 * @param after id of the last member that was looked at; empty at the beginning
 */
public record CleanupCursor(String planId, long generation, String after) {
}
