package io.offerflow.contract.json;

import java.util.Optional;

/** A JSON document does not match the schema: where, what was expected, and what was found. */
public final class JsonMismatchException extends RuntimeException {

    private final String path;
    private final String expected;
    private final String met;
    private final Optional<String> suggestion;

    JsonMismatchException(String path, String expected, String met, Optional<String> suggestion) {
        super(sentence(path, expected, met, suggestion));
        this.path = path;
        this.expected = expected;
        this.met = met;
        this.suggestion = suggestion;
    }

    JsonMismatchException(String path, String expected, String met) {
        this(path, expected, met, Optional.empty());
    }

    /** Path of the mismatch, such as {@code payload.GoLive.submission}; empty for the top level. */
    public String path() {
        return path;
    }

    /** What the schema expects there. */
    public String expected() {
        return expected;
    }

    /** What was found instead, shortened. */
    public String met() {
        return met;
    }

    /** The known name that is closest to an unknown one, if one is close. */
    public Optional<String> suggestion() {
        return suggestion;
    }

    private static String sentence(String path, String expected, String met, Optional<String> suggestion) {
        return (path.isEmpty() ? "" : path + ": ") + "expected " + expected + ", but met " + met
                + suggestion.map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }
}
