package io.offerflow.notifier.mail;

import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.file.WholeFile;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;

/** Keeps messages as files that mail programs open, where there is no mail server. */
public final class MailFolder implements MailTransport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Session session = Session.getInstance(new Properties());

    /** @param folder is created with the first message */
    public MailFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public DeliveryResult send(MimeMessage message) {
        try {
            Path file = folder.resolve(name(message));
            Files.createDirectories(folder);
            WholeFile.write(file, out -> write(message, out));
            return new DeliveryResult.Delivered("kept as " + file.getFileName());
        } catch (IOException e) {
            return new DeliveryResult.Failed(FailureKind.CONNECT, "cannot write to %s: %s".formatted(folder,
                    TextFiles.reason(e)));
        } catch (MessagingException e) {
            return new DeliveryResult.Failed(FailureKind.DEFECT, e.toString());
        }
    }

    private static void write(MimeMessage message, OutputStream out) throws IOException {
        try {
            message.writeTo(out);
        } catch (MessagingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The time, the recipient and the message id: a message that is sent twice at the same second is one file. */
    private static String name(MimeMessage message) throws MessagingException {
        String to = message.getRecipients(Message.RecipientType.TO)[0].toString();
        String id = message.getMessageID();
        return "%s-%s-%s.eml".formatted(TIME.format(message.getSentDate().toInstant()),
                to.replaceAll("[^A-Za-z0-9@._-]", "_"), id.substring(id.indexOf('.') + 1, id.indexOf('-')));
    }

    @Override
    public void close() {
        // files are complete
    }
}
