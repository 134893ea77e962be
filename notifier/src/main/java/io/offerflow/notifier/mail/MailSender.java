package io.offerflow.notifier.mail;

import io.offerflow.avro.Notification;
import io.offerflow.notifier.delivery.Destination;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import io.offerflow.notifier.delivery.OutgoingEvent;
import io.offerflow.notifier.sending.EventDecoder;
import io.offerflow.notifier.sending.EventKinds;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Sends notifications to one recipient after the other. */
public final class MailSender {

    private final MailComposer composer;
    private final MailTransport transport;
    private final EventDecoder decoder;
    private final InstantSource clock;

    public MailSender(MailSettings settings, MailTransport transport, EventDecoder decoder, InstantSource clock) {
        this.composer = new MailComposer(settings);
        this.transport = transport;
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * A sender for one recipient.
     *
     * @param language empty for that of each notification
     * @param kinds templates that are sent; empty for all
     */
    public Destination.EventSender to(InternetAddress address, Optional<Locale> language, List<String> kinds) {
        return event -> decoder.decoded(event, value -> EventKinds.wanted(kinds, value)
                ? send(event, value, address, language) : new DeliveryResult.Filtered());
    }

    private DeliveryResult send(OutgoingEvent event, Optional<IndexedRecord> value, InternetAddress address,
            Optional<Locale> language) throws InterruptedException {
        if (value.isEmpty()) {
            return new DeliveryResult.Filtered();
        }
        try {
            return transport.send(composer.compose(transport.session(), event.ref().id(),
                    (Notification) value.get(), address, language, clock.instant()));
        } catch (MessagingException e) {
            return new DeliveryResult.Failed(FailureKind.DEFECT, e.toString());
        }
    }
}
