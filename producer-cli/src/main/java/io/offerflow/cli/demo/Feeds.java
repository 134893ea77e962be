package io.offerflow.cli.demo;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedParser;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the feeds of a directory: its files that end in {@code .jsonl}, by name. */
final class Feeds {

    private Feeds() {
    }

    static List<Feed> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new CliFailure(ExitCode.USAGE, "There is no directory %s with feeds; name one with --samples."
                    .formatted(directory));
        }
        List<Feed> feeds = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jsonl")) {
            for (Path file : files) {
                feeds.add(FeedParser.parse(file, Instant.now()));
            }
        }
        feeds.removeIf(feed -> feed.messages().isEmpty());
        if (feeds.isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, "The directory %s has no *.jsonl with commands in it."
                    .formatted(directory));
        }
        feeds.sort(Comparator.comparing(Feed::name));
        return feeds;
    }
}
