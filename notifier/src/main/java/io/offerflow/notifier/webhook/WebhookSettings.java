package io.offerflow.notifier.webhook;

import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * What all webhooks have in common.
 *
 * @param trust verifies the certificates of receivers
 * @param timeout for a whole request
 * @param maxBytes largest body of a request
 */
public record WebhookSettings(AddressPolicy addresses, WebhookSecrets secrets, SSLContext trust, Duration timeout,
        int maxBytes) {
}
