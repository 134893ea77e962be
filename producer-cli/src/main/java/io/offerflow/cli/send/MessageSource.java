package io.offerflow.cli.send;

import io.offerflow.cli.feed.Message;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A source of messages, one after the other. */
@FunctionalInterface
public interface MessageSource {

    /**
     * One message.
     *
     * @param line the number of its line
     * @param textHash shows later whether the line has changed
     */
    record SourceItem(int line, Message message, int textHash) {
    }

    /** The next message, if there is one. */
    Optional<SourceItem> next() throws IOException;

    /** These messages, numbered from 1. */
    static MessageSource of(List<Message> messages) {
        Iterator<Message> iterator = messages.iterator();
        int[] line = {0};
        return () -> iterator.hasNext() ? Optional.of(new SourceItem(++line[0], iterator.next(), 0)) : Optional.empty();
    }
}
