package io.offerflow.replay.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SHA-256 of each file of a folder, as the file {@code SHA256SUMS} has them: {@code sha256sum -c SHA256SUMS} checks
 * them, too.
 */
record FileDigests(SortedMap<String, String> byName) {

    static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9.-]+)");

    FileDigests {
        byName = Collections.unmodifiableSortedMap(byName);
    }

    /** Of some files of a folder. */
    static FileDigests of(Path folder, List<String> names) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String name : names) {
            try (InputStream in = Files.newInputStream(folder.resolve(name))) {
                digests.put(name, digest(in, OutputStream.nullOutputStream()));
            }
        }
        return new FileDigests(digests);
    }

    /** Copies a stream, and returns the SHA-256 of what was copied, in hexadecimal. */
    static String digest(InputStream in, OutputStream out) throws IOException {
        try {
            DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digesting.transferTo(out);
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Reads the text of the file; empty if a line is not as this release writes it. */
    static Optional<FileDigests> parse(String text) {
        SortedMap<String, String> digests = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                digests.put(parts.group(2), parts.group(1));
            }
        }
        return Optional.of(new FileDigests(digests)).filter(parsed -> parsed.text().equals(text));
    }

    /** The text of the file, in ASCII. */
    String text() {
        return byName.entrySet().stream().map(file -> file.getValue() + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.US_ASCII);
    }
}
