package io.offerflow.contract.notification;

/**
 * A notification in words, as plain text: a mailer that sends HTML has to escape it.
 *
 * @param subject one line, without line breaks or control characters whatever the publisher's texts hold
 * @param text lines that end in a line feed; ends without one
 */
public record NotificationMessage(String subject, String text) {
}
