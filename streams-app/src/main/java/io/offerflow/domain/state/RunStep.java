package io.offerflow.domain.state;

import io.offerflow.domain.model.PublishStep;
import java.time.Instant;
import java.util.Optional;

/** When a step began and ended. */
public record RunStep(PublishStep step, Optional<Instant> startedAt, Optional<Instant> endedAt) {
}
