package io.offerflow.notifier.mail;

import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/**
 * What all messages have in common.
 *
 * @param from the sender
 * @param offerLink address of an offer in a portal, with {@code {publisher}} and {@code {offer}}
 */
public record MailSettings(InternetAddress from, Optional<String> offerLink) {

    /** The domain of the sender. */
    String domain() {
        return from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    }

    /** The link to an offer. */
    Optional<String> link(String publisherId, String offerId) {
        return offerLink.map(link -> link.replace("{publisher}", publisherId).replace("{offer}", offerId));
    }
}
