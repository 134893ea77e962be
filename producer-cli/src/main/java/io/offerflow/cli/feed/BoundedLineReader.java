package io.offerflow.cli.feed;

import io.offerflow.contract.file.Utf8Reader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a text in UTF-8 line by line, up to a limit per line: memory does not grow with the file. */
final class BoundedLineReader implements AutoCloseable {

    /** Longer than any line for an input topic, even with all characters escaped. */
    private static final int LONGEST = 8 * 1024 * 1024;

    /**
     * One line.
     *
     * @param number from 1
     * @param text without the line feed; only the beginning if the line is too long
     * @param tooLong whether the line exceeds the limit
     * @param ended whether a line feed follows; without it, the last line may be half written
     */
    record TextLine(int number, String text, boolean tooLong, boolean ended) {
    }

    private final Utf8Reader reader;
    private final char[] buffer = new char[64 * 1024];
    private int from;
    private int to;
    private int number;

    BoundedLineReader(InputStream bytes) {
        this.reader = new Utf8Reader(bytes);
    }

    /** @throws io.offerflow.contract.file.NotUtf8Exception if the bytes are not UTF-8 */
    Optional<TextLine> next() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        boolean tooLong = false;
        while (fill()) {
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean ended = end < to;
            tooLong |= text.length() + end - from > LONGEST;
            if (!tooLong) {
                text.append(buffer, from, end - from);
            }
            from = ended ? end + 1 : end;
            if (ended) {
                return Optional.of(line(text, tooLong, true));
            }
        }
        return any ? Optional.of(line(text, tooLong, false)) : Optional.empty();
    }

    private TextLine line(StringBuilder text, boolean tooLong, boolean ended) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
            text.setLength(text.length() - 1);
        }
        number++;
        return new TextLine(number, text.toString(), tooLong, ended);
    }

    private boolean fill() throws IOException {
        if (from < to) {
            return true;
        }
        from = 0;
        to = Math.max(0, reader.read(buffer));
        return to > 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
