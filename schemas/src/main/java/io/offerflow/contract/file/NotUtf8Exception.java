package io.offerflow.contract.file;

import java.io.IOException;

/** A text is not in UTF-8; the message says where, what was found there, and what to do. */
public final class NotUtf8Exception extends IOException {

    private final int line;
    private final String sentence;

    NotUtf8Exception(int line, int column, String met) {
        super("line %d, column %d: %s".formatted(line, column, sentence(met)));
        this.line = line;
        this.sentence = "column %d: %s".formatted(column, sentence(met));
    }

    private static String sentence(String met) {
        return "expected text in UTF-8, but met " + met + "; save the file as UTF-8";
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The message without the line. */
    public String sentence() {
        return sentence;
    }
}
