package io.offerflow.contract.json;

import java.util.Optional;

/** A JSON document is not what the schema asks for: where, what was expected, what was met. */
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

    /** Where, for example {@code payload.SaveSection.content.OfferListing.screenshots[2].widthPx}; empty: the top. */
    public String path() {
        return path;
    }

    /** What the schema asks for there. */
    public String expected() {
        return expected;
    }

    /** What was there instead, shortened. */
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
