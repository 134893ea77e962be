package io.offerflow.faults.oracle;

/**
 * A promise that was broken.
 *
 * @param promise the oracle that found it
 */
public record Violation(Promise promise, int partition, String what) {
}
