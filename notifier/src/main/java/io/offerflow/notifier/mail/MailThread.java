package io.offerflow.notifier.mail;

import io.offerflow.avro.Notification;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The ids by which mail programs recognize a message that is sent twice, and group the messages of one publishing run.
 */
final class MailThread {

    private final String domain;

    /** @param domain the part of the ids after the @ */
    MailThread(String domain) {
        this.domain = domain;
    }

    /** The {@code Message-ID} of an event: the same whenever it is sent. */
    String messageId(String eventId) {
        return id("event", eventId);
    }

    /**
     * The message that all messages of a publishing run, or of a removal request, refer to. It does not exist; mail
     * programs group messages that refer to the same one.
     */
    Optional<String> root(Notification notification) {
        String offer = notification.getPublisherId() + "/" + notification.getOfferId();
        return Optional.ofNullable(notification.getRemovalRequest())
                .map(request -> id("removal", offer + "/" + request))
                .or(() -> Optional.ofNullable(notification.getSubmission())
                        .map(submission -> id("run", offer + "/" + submission)));
    }

    /** An id without characters that would need quoting, whatever the text is. */
    private String id(String kind, String text) {
        return "<%s.%s@%s>".formatted(kind,
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)), domain);
    }
}
