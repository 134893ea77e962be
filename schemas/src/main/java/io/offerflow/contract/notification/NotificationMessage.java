package io.offerflow.contract.notification;

/**
 * The message of a notification, as plain text: a mailer that sends HTML has to escape it.
 *
 * @param subject one line, without line breaks or control characters, also if texts of the publisher have some
 * @param text lines that end in a line feed; ends without one
 */
public record NotificationMessage(String subject, String text) {
}
