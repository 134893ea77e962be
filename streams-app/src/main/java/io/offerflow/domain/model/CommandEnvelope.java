package io.offerflow.domain.model;

import java.util.Optional;

/**
 * A command with what its sender said beside it.
 *
 * @param commandId UUID chosen by the sender
 * @param actor who asked, as the sending system knows them (D38)
 * @param expectedVersion the draft version the sender looked at (V32, B42)
 * @param validateOnly only ask what would be decided (B41)
 * @param digest of the content, to tell a repeat from another command under the same id
 */
public record CommandEnvelope(String commandId, String actor, Optional<Long> expectedVersion, boolean validateOnly, int digest,
        Command command) {
}
