package io.offerflow.domain.model;

import java.util.Optional;

/**
 * A command with its metadata.
 *
 * @param commandId UUID chosen by the sender
 * @param actor who sent it, as the sending system knows them (D38)
 * @param expectedVersion the draft version that the sender saw (V32, B42)
 * @param validateOnly a dry run: the decision has no effect (B41)
 * @param digest of the content, to distinguish a repeat from another command under the same id
 */
public record CommandEnvelope(String commandId, String actor, Optional<Long> expectedVersion, boolean validateOnly,
        int digest, Command command) {
}
