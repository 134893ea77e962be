package io.offerflow.cli.feed;

import io.offerflow.cli.feed.FeedException.Problem;
import io.offerflow.contract.json.JsonMismatchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of JSON Lines into a feed, all of it or nothing. */
public final class FeedParser {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private FeedParser() {
    }

    /**
     * Reads a file.
     *
     * @param now what {@code issuedAt} is where a line leaves it out
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
     * @param name part of every command id that a line leaves out
     * @throws FeedException if a line cannot be sent
     */
    public static Feed parse(String name, InputStream bytes, Instant now) throws IOException {
        List<FeedLine> lines = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        LineParser parser = new LineParser(name, now);
        int number = 0;
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                String plain = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
                if (!plain.isBlank()) {
                    read(parser, number, plain, lines, problems);
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(new Problem(number + 1, "expected text in UTF-8, but met other bytes here or soon after"));
        }
        if (!problems.isEmpty()) {
            throw new FeedException(name, problems);
        }
        return new Feed(name, lines);
    }

    private static void read(LineParser parser, int number, String text, List<FeedLine> lines,
            List<Problem> problems) {
        try {
            lines.add(parser.parse(number, text, lines.isEmpty()));
        } catch (LineException e) {
            problems.add(new Problem(number, e.getMessage()));
        } catch (JsonMismatchException e) {
            problems.add(new Problem(number, e.path().isEmpty() ? e.getMessage() : "value." + e.getMessage()));
        }
    }
}
