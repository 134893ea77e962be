package io.offerflow.cli.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedLines.Next;
import io.offerflow.contract.file.FeedException.LineProblem;
import io.offerflow.contract.file.FeedException;
import io.offerflow.contract.json.JsonMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a short file of JSON Lines into a feed. */
public final class FeedParser {

    private FeedParser() {
    }

    /**
     * Reads a file.
     *
     * @param now the {@code issuedAt} of lines without one
     * @throws FeedException if a line cannot be sent
     */
    public static Feed parse(Path file, Instant now) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return parse(file.getFileName().toString(), bytes, now);
        }
    }

    /**
     * Reads a stream of lines in UTF-8; empty lines are skipped.
     *
     * @param name part of the command ids that are made for lines without one
     * @throws FeedException if a line cannot be sent
     */
    public static Feed parse(String name, InputStream bytes, Instant now) throws IOException {
        List<FeedLine> lines = new ArrayList<>();
        List<LineProblem> problems = new ArrayList<>();
        try (FeedLines source = new FeedLines(name, bytes, now)) {
            for (Optional<Next> next = source.next(); next.isPresent(); next = source.next()) {
                switch (next.get()) {
                    case Next.Good good -> lines.add(good.line());
                    case Next.Bad bad -> problems.add(bad.problem());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new FeedException(name, problems, problems.size());
        }
        return new Feed(name, lines);
    }

    /**
     * Makes one message without a file.
     *
     * @param line in the form of a line of a file
     * @throws CliFailure if it cannot be sent
     */
    public static Message message(ObjectNode line, Instant now) {
        try {
            return new LineParser("", now).message(line, 1);
        } catch (LineException | JsonMismatchException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
