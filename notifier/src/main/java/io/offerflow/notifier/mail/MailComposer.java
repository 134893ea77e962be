package io.offerflow.notifier.mail;

import io.offerflow.avro.Notification;
import io.offerflow.contract.notification.NotificationMessage;
import io.offerflow.contract.notification.NotificationTexts;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;

/** Makes the message of a notification: text and HTML, in the language of the recipient. */
final class MailComposer {

    private static final String UTF_8 = "UTF-8";

    private final MailSettings settings;
    private final MailThread threads;

    MailComposer(MailSettings settings) {
        this.settings = settings;
        this.threads = new MailThread(settings.domain());
    }

    MimeMessage compose(Session session, String eventId, Notification notification, InternetAddress to,
            Optional<Locale> language, Instant now) throws MessagingException {
        Locale locale = NotificationTexts.language(
                language.orElseGet(() -> Locale.forLanguageTag(notification.getLocale())));
        NotificationMessage text = NotificationTexts.render(notification, locale);
        Optional<String> link = settings.link(notification.getPublisherId(), notification.getOfferId());
        MimeMessage message = new StableMessage(session, threads.messageId(eventId));
        message.setFrom(settings.from());
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(text.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        message.setHeader("Content-Language", locale.toLanguageTag());
        message.setHeader("Auto-Submitted", "auto-generated");
        Optional<String> root = threads.root(notification);
        if (root.isPresent()) {
            message.setHeader("References", root.get());
            message.setHeader("In-Reply-To", root.get());
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.text() + link.map(url -> "\n\n" + url).orElse("") + "\n", UTF_8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(HtmlText.of(text.subject(), text.text(), link, locale), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }

    /** A message whose id is not a random one. */
    private static final class StableMessage extends MimeMessage {

        private final String id;

        StableMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
