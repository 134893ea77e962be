package io.offerflow.cli.feed;

import io.offerflow.cli.feed.BoundedLineReader.TextLine;
import io.offerflow.contract.file.FeedException.LineProblem;
import io.offerflow.contract.file.NotUtf8Exception;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads the lines of a file one after the other, in constant memory; empty lines are skipped. */
public final class FeedLines implements AutoCloseable {

    /** The next line, valid or not. */
    public sealed interface Next {
        /**
         * A valid line.
         *
         * @param text as it is in the file
         */
        record Good(FeedLine line, String text) implements Next {
        }

        /** A line that cannot be sent. */
        record Bad(LineProblem problem) implements Next {
        }
    }

    private final BoundedLineReader reader;
    private final LineParser parser;
    private boolean first = true;
    private boolean broken;

    /** @param name part of the command ids that are made for lines without one */
    public FeedLines(String name, InputStream bytes, Instant now) {
        this.reader = new BoundedLineReader(bytes);
        this.parser = new LineParser(name, now);
    }

    /** The lines of a file, whose name without its directory becomes part of the ids. */
    public static FeedLines of(Path file, Instant now) throws IOException {
        return new FeedLines(file.getFileName().toString(), Files.newInputStream(file), now);
    }

    /** The next line that is not empty, if there is one. */
    public Optional<Next> next() throws IOException {
        try {
            Optional<TextLine> line = broken ? Optional.empty() : reader.next();
            while (line.isPresent() && line.get().text().isBlank()) {
                line = reader.next();
            }
            return line.map(this::read);
        } catch (NotUtf8Exception e) {
            broken = true;
            return Optional.of(new Next.Bad(new LineProblem(e.line(), e.sentence())));
        }
    }

    private Next read(TextLine line) {
        boolean isFirst = first;
        first = false;
        if (isFirst && line.text().strip().matches("[\\[{]|\\[.*")) {
            broken = true; // the other lines have the same problem
            return bad(line, ("expected JSON Lines, one object per line, but met %s; `jq -c %s FILE` makes one line of"
                    + " each object").formatted(line.text().strip().startsWith("[") ? "a JSON array"
                    : "an object of several lines", line.text().strip().startsWith("[") ? "'.[]'" : "."));
        }
        if (line.tooLong()) {
            return bad(line, "longer than the longest possible line");
        }
        try {
            return new Next.Good(parser.parse(line.number(), line.text(), isFirst), line.text());
        } catch (LineException e) {
            return bad(line, e.getMessage());
        } catch (JsonMismatchException e) {
            if (e.met().startsWith(JsonTrees.CUT) && !line.ended()) {
                return bad(line, "the last line has no line feed and may be half written: " + e.getMessage());
            }
            return bad(line, e.path().isEmpty() ? e.getMessage() : "value." + e.getMessage());
        }
    }

    private static Next bad(TextLine line, String sentence) {
        return new Next.Bad(new LineProblem(line.number(), sentence));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
