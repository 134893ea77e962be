package io.offerflow.cli.feed;

import java.util.Optional;

/**
 * One line of a feed.
 *
 * @param number line number in the file, from 1
 * @param after what to wait for before sending
 * @param message what to send; empty for a last line that only waits
 */
public record FeedLine(int number, WaitCondition after, Optional<Message> message) {
}
