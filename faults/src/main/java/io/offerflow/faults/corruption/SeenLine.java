package io.offerflow.faults.corruption;

/**
 * A sentence about a changed file.
 *
 * @param by who says it
 */
public record SeenLine(String by, String sentence) {
}
