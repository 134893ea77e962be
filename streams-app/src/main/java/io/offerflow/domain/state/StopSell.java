package io.offerflow.domain.state;

import java.time.Instant;

/** A stop of selling: pending until {@code effectiveAt}, done from then on (S24, S26). */
public record StopSell(boolean done, Instant effectiveAt) {
}
