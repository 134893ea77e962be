package io.offerflow.contract.notification;

import java.util.stream.Collectors;

/** Makes texts of publishers and reviewers fit to be set into a letter, without changing a visible character. */
final class PlainText {

    private PlainText() {
    }

    /** On one line: a line break in a subject would begin another header of the mail. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    /** Line by line, those after the first one indented, so that none can pass for a line of the letter. */
    static String indented(String text, String indent) {
        return text.lines().map(PlainText::line).filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n" + indent));
    }
}
