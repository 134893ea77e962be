package io.offerflow.simulation.model;

import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The expected effect of a step, besides the state after it.
 *
 * @param now the offer's time
 * @param first the first answer, as text, where a command id was seen before
 * @param notices what publishers are told
 * @param calls what the pipeline is asked
 */
public record Reply(Instant now, Optional<OutcomeResult> result, Optional<Reason> reason, Optional<Long> download,
        Optional<String> first, List<Notice> notices, List<String> calls) {

    /** An e-mail: its template, what it is about, and when that happened. */
    public record Notice(String template, String about, Instant at) {
    }
}
