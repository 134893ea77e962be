package io.offerflow.domain.state.row;

/**
 * A generation whose rows are looked through.
 *
 * @param after the member that was looked at last; empty at the beginning
 */
public record CleanupCursor(String planId, long generation, String after) {
}
