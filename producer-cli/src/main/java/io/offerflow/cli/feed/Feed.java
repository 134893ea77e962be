package io.offerflow.cli.feed;

import java.util.List;

/** The lines of one file, all of them valid. */
public record Feed(String name, List<FeedLine> lines) {

    public Feed {
        lines = List.copyOf(lines);
    }

    /** The messages, in order. */
    public List<Message> messages() {
        return lines.stream().flatMap(line -> line.message().stream()).toList();
    }
}
