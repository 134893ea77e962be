package io.offerflow.domain.state;

import java.time.Instant;

/** A stop of selling: pending until {@code effectiveAt}, done from then on (S24, S26). */
public record Stop(boolean done, Instant effectiveAt) {
}
