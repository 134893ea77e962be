package io.offerflow.notifier.webhook;

import io.offerflow.avro.DeadLetterReason;
import io.offerflow.notifier.delivery.Destination;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import io.offerflow.notifier.delivery.OutgoingEvent;
import io.offerflow.notifier.sending.EventDecoder;
import io.offerflow.notifier.sending.EventKinds;
import io.offerflow.notifier.webhook.AddressPolicy.ForbiddenAddressException;
import io.offerflow.notifier.webhook.WebhookClient.WebhookAnswer;
import io.offerflow.notifier.webhook.WebhookSecrets.MissingSecretException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;

/** Sends events to webhooks, signed as Standard Webhooks defines it. */
public final class WebhookSender implements AutoCloseable {

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final WebhookSettings settings;
    private final WebhookClient client;
    private final EventDecoder decoder;
    private final InstantSource clock;

    public WebhookSender(WebhookSettings settings, EventDecoder decoder, InstantSource clock) {
        this.settings = settings;
        this.client = new WebhookClient(settings.addresses(), settings.trust(), settings.timeout());
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * A sender for one webhook.
     *
     * @param kinds kinds of events that are sent; empty for all
     * @param secrets references, one or two
     */
    public Destination.EventSender to(URI url, List<String> kinds, List<String> secrets) {
        return event -> decoder.decoded(event, value -> event.isTest() || EventKinds.wanted(kinds, value)
                ? send(url, secrets, event, value) : new DeliveryResult.Filtered());
    }

    private DeliveryResult send(URI url, List<String> secrets, OutgoingEvent event, Optional<IndexedRecord> value) {
        byte[] body = CloudEventJson.of(event, value);
        if (body.length > settings.maxBytes()) {
            return new DeliveryResult.Refused(DeadLetterReason.TOO_LARGE, "its JSON has %,d bytes, more than the %,d of"
                    .formatted(body.length, settings.maxBytes()) + " webhooks.max.bytes");
        }
        try {
            return result(client.post(url, headers(secrets, event, body), body));
        } catch (MissingSecretException e) {
            return new DeliveryResult.Failed(FailureKind.SECRET, e.getMessage());
        } catch (IOException e) {
            return new DeliveryResult.Failed(kind(e), Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private Map<String, String> headers(List<String> secrets, OutgoingEvent event, byte[] body)
            throws MissingSecretException {
        List<byte[]> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(settings.secrets().key(secret));
        }
        long seconds = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", event.ref().id());
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", WebhookSignature.of(keys, event.ref().id(), seconds, body));
        Optional.ofNullable(event.attributes().get("traceparent"))
                .ifPresent(trace -> headers.put("traceparent", trace.replaceAll("[^0-9a-f-]", "")));
        return headers;
    }

    private DeliveryResult result(WebhookAnswer answer) {
        String shown = "%d %s%s".formatted(answer.status(), answer.reason(),
                answer.body().isEmpty() ? "" : ": " + answer.body()).strip();
        int group = answer.status() / 100;
        if (group == 2) {
            return new DeliveryResult.Delivered(shown);
        }
        if (answer.status() == GONE) {
            return new DeliveryResult.Ended(shown);
        }
        Instant now = clock.instant();
        boolean unavailable = answer.status() == TOO_MANY || answer.status() >= SERVER_ERROR;
        return new DeliveryResult.Failed(unavailable ? FailureKind.UNAVAILABLE : FailureKind.REJECTED,
                group == 3 ? shown + " (redirects are not followed)" : shown,
                answer.retryAfter().flatMap(text -> RetryAfter.parse(text, now)));
    }

    private static FailureKind kind(IOException failure) {
        return switch (failure) {
            case ForbiddenAddressException forbidden -> FailureKind.ADDRESS;
            case UnknownHostException unknown -> FailureKind.CONNECT;
            case HttpHostConnectException refused -> FailureKind.CONNECT;
            case ConnectTimeoutException late -> FailureKind.CONNECT;
            case WebhookClient.DeadlineException late -> FailureKind.TIMEOUT;
            case SocketTimeoutException late -> FailureKind.TIMEOUT;
            case SSLException tls -> FailureKind.TLS;
            default -> FailureKind.CONNECTION_LOST;
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
