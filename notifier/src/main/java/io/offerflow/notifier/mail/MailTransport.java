package io.offerflow.notifier.mail;

import io.offerflow.notifier.delivery.DeliveryResult;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** Takes messages to their recipient. Safe for use by several threads. */
public interface MailTransport extends AutoCloseable {

    /** The session that messages are made for. */
    Session session();

    /** Sends a message to its only recipient. */
    DeliveryResult send(MimeMessage message) throws InterruptedException;

    @Override
    void close();
}
