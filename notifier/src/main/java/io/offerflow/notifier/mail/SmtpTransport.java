package io.offerflow.notifier.mail;

import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import io.offerflow.notifier.mail.SmtpSettings.Security;
import io.offerflow.notifier.mail.SmtpSettings.SmtpLogin;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends messages to a mail server, over some connections that are kept open. */
public final class SmtpTransport implements MailTransport {

    private final SmtpSettings settings;
    private final Session session;
    private final Semaphore connections;
    private final Deque<SMTPTransport> idle = new ArrayDeque<>();

    public SmtpTransport(SmtpSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
        this.connections = new Semaphore(settings.connections(), true);
    }

    private static Properties properties(SmtpSettings settings) {
        String protocol = protocol(settings);
        String millis = Long.toString(settings.timeout().toMillis());
        Properties all = new Properties();
        put(all, protocol, "host", settings.host());
        put(all, protocol, "port", Integer.toString(settings.port()));
        put(all, protocol, "connectiontimeout", millis);
        put(all, protocol, "timeout", millis);
        put(all, protocol, "writetimeout", millis);
        put(all, protocol, "auth", Boolean.toString(settings.login().isPresent()));
        put(all, protocol, "starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
        put(all, protocol, "starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
        put(all, protocol, "ssl.checkserveridentity", "true");
        put(all, protocol, "ssl.protocols", "TLSv1.3 TLSv1.2");
        put(all, protocol, "quitwait", "false");
        all.put("mail." + protocol + ".ssl.socketFactory", settings.trust().getSocketFactory());
        return all;
    }

    private static void put(Properties all, String protocol, String name, String value) {
        all.setProperty("mail." + protocol + "." + name, value);
    }

    private static String protocol(SmtpSettings settings) {
        return settings.security() == Security.TLS ? "smtps" : "smtp";
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public DeliveryResult send(MimeMessage message) throws InterruptedException {
        connections.acquire();
        try {
            return trySend(message);
        } finally {
            connections.release();
        }
    }

    private DeliveryResult trySend(MimeMessage message) {
        Optional<SMTPTransport> transport = Optional.empty();
        try {
            transport = Optional.of(connected());
            transport.get().sendMessage(message, message.getAllRecipients());
            String answer = transport.get().getLastServerResponse().strip();
            keep(transport.get());
            return new DeliveryResult.Delivered(answer);
        } catch (MessagingException e) {
            DeliveryResult result = SmtpFailure.of(e);
            transport.ifPresent(used -> {
                if (result instanceof DeliveryResult.Failed failed && failed.kind() == FailureKind.CONNECTION_LOST) {
                    close(used);
                } else {
                    keep(used);
                }
            });
            return result;
        }
    }

    /** A connection that still works. */
    private SMTPTransport connected() throws MessagingException {
        for (Optional<SMTPTransport> kept = takeIdle(); kept.isPresent(); kept = takeIdle()) {
            if (kept.get().isConnected()) { // asks the server
                return kept.get();
            }
            close(kept.get());
        }
        SMTPTransport opened = (SMTPTransport) session.getTransport(protocol(settings));
        opened.connect(settings.host(), settings.port(), settings.login().map(SmtpLogin::user).orElse(null),
                settings.login().map(SmtpLogin::password).orElse(null));
        return opened;
    }

    private Optional<SMTPTransport> takeIdle() {
        synchronized (idle) {
            return Optional.ofNullable(idle.pollFirst());
        }
    }

    private void keep(SMTPTransport transport) {
        synchronized (idle) {
            idle.addFirst(transport);
        }
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException ignored) {
            // it is closed, or the server will close it
        }
    }

    @Override
    public void close() {
        for (Optional<SMTPTransport> kept = takeIdle(); kept.isPresent(); kept = takeIdle()) {
            close(kept.get());
        }
    }
}
