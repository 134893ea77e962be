package io.offerflow.cli.send;

import io.offerflow.cli.feed.Message;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Where messages come from, one after the other. */
@FunctionalInterface
public interface MessageSource {

    /**
     * One message.
     *
     * @param line number of its line
     * @param textHash tells whether the line is still the one it was
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
