package io.offerflow.contract.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Reads files of text in UTF-8, and says why one cannot be read. */
public final class TextFiles {

    private TextFiles() {
    }

    /** Opens a file. The reader throws {@link NotUtf8Exception} if it is not UTF-8. */
    public static Reader open(Path file) throws IOException {
        return open(Files.newInputStream(file));
    }

    /** Reads a stream as text; the reader throws {@link NotUtf8Exception} if it is not UTF-8. */
    public static Reader open(InputStream bytes) throws IOException {
        return new Utf8Reader(bytes);
    }

    /** The whole text of a file. */
    public static String read(Path file) throws IOException {
        return read(Files.newInputStream(file));
    }

    /** The whole text of a stream, which is closed. */
    public static String read(InputStream bytes) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = open(bytes)) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    /**
     * Reads lines of {@code name=value}, as Java writes them, but in UTF-8.
     *
     * @throws IOException if it cannot be read, or an escape in it is wrong
     */
    public static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = open(file)) {
            properties.load(reader);
            return properties;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Why a file cannot be read or written, as the end of a sentence that names the file. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other -> Optional.ofNullable(other.getReason()).orElse(other.getMessage());
            default -> Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
        };
    }
}
