package io.offerflow.cli.feed;

import io.offerflow.cli.feed.BoundedLineReader.TextLine;
import io.offerflow.cli.feed.FeedException.LineProblem;
import io.offerflow.contract.json.JsonMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
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
        } catch (CharacterCodingException e) {
            broken = true;
            return Optional.of(new Next.Bad(new LineProblem(reader.number() + 1,
                    "expected text in UTF-8, but met other bytes here or soon after")));
        }
    }

    private Next read(TextLine line) {
        boolean isFirst = first;
        first = false;
        if (line.tooLong()) {
            return bad(line, "longer than the longest possible line");
        }
        try {
            return new Next.Good(parser.parse(line.number(), line.text(), isFirst), line.text());
        } catch (LineException e) {
            return bad(line, e.getMessage());
        } catch (JsonMismatchException e) {
            // a line that is valid JSON is complete
            return e.path().isEmpty() && !line.ended() ? bad(line, "the last line has no line feed and may be half"
                    + " written: " + e.getMessage())
                    : bad(line, e.path().isEmpty() ? e.getMessage() : "value." + e.getMessage());
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
