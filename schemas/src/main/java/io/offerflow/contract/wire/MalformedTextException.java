package io.offerflow.contract.wire;

/** A string in a value is not UTF-8; knows the path to it as far as the reader that passes it on tells. */
final class MalformedTextException extends RuntimeException {

    private final String path;

    MalformedTextException() {
        this("");
    }

    private MalformedTextException(String path) {
        super("a text is not UTF-8", null, false, false);
        this.path = path;
    }

    /** The same, inside this field or item. */
    MalformedTextException in(String step) {
        return new MalformedTextException(path.isEmpty() || path.startsWith("[") ? step + path : step + "." + path);
    }

    String path() {
        return path;
    }
}
