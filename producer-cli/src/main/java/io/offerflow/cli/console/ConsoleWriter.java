package io.offerflow.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output or standard error, in UTF-8. What is passed to {@code println} is one line, and so are the values of
 * {@code printf}: see {@link HarmlessText}. The methods {@code print} and {@code write} are for text of this program
 * and for data in a form with escapes. Other than its superclass, it keeps the failure of a write.
 */
public final class ConsoleWriter extends PrintWriter {

    private final boolean colour;
    private final boolean atOnce;
    private final Optional<KeptFailure> target;

    /** Output that is not a file, for tests. */
    public ConsoleWriter(Writer target) {
        super(target);
        this.colour = false;
        this.atOnce = false;
        this.target = Optional.empty();
    }

    ConsoleWriter(OutputStream target, boolean colour, boolean atOnce) {
        this(new KeptFailure(target), colour, atOnce);
    }

    private ConsoleWriter(KeptFailure target, boolean colour, boolean atOnce) {
        super(target, atOnce, StandardCharsets.UTF_8);
        this.colour = colour;
        this.atOnce = atOnce;
        this.target = Optional.of(target);
    }

    /** Standard output. */
    public static ConsoleWriter out() {
        return new ConsoleWriter(new FileOutputStream(FileDescriptor.out), Terminal.detect().colour(), false);
    }

    /** Standard error. */
    public static ConsoleWriter err() {
        return new ConsoleWriter(new FileOutputStream(FileDescriptor.err), false, true);
    }

    @Override
    public void println(String line) {
        super.println(painted(HarmlessText.of(String.valueOf(line))));
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }

    @Override
    public PrintWriter format(String format, Object... values) {
        Object[] plain = Arrays.stream(values).map(ConsoleWriter::plain).toArray();
        print(painted(String.format(Locale.ROOT, format, plain)));
        if (atOnce) {
            flush();
        }
        return this;
    }

    @Override
    public PrintWriter format(Locale locale, String format, Object... values) {
        return format(format, values);
    }

    @Override
    public PrintWriter printf(String format, Object... values) {
        return format(format, values);
    }

    /** A tab in a value would make another column. */
    private static Object plain(Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value
                : HarmlessText.of(value.toString()).replace("\t", "\\t");
    }

    private String painted(String text) {
        return Terminal.painted(text, colour);
    }

    /** Why what was written has not arrived, after all of it was flushed; empty if it has. */
    public Optional<IOException> failure() {
        flush();
        return target.flatMap(KeptFailure::failure);
    }

    /**
     * Whether a failure means that the reader has seen enough, as {@code head} does. Its text may be in the language of
     * the user.
     */
    public static boolean isClosedPipe(IOException failure) {
        try {
            return String.valueOf(failure.getMessage()).contains("Broken pipe")
                    || Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** Keeps the first failure, and writes nothing after it. */
    private static final class KeptFailure extends FilterOutputStream {

        private IOException failure;

        KeptFailure(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (failure == null) {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        Optional<IOException> failure() {
            return Optional.ofNullable(failure);
        }
    }
}
