package io.offerflow.contract.notification;

import java.util.stream.Collectors;

/** Prepares texts of publishers and reviewers for a message, without changing a visible character. */
final class PlainText {

    private PlainText() {
    }

    /** The text on one line: a line break in a subject would begin another header of the e-mail. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    /** The lines of a text, all but the first one indented, so that none looks like a line of the message. */
    static String indented(String text, String indent) {
        return text.lines().map(PlainText::line).filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n" + indent));
    }
}
