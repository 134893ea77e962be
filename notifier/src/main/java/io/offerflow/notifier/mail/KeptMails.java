package io.offerflow.notifier.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Reads what {@link MailFolder} has kept. */
public final class KeptMails {

    private static final Session SESSION = Session.getInstance(new Properties());

    /**
     * One mail.
     *
     * @param file its name in the folder
     * @param text the part for programs that show no HTML
     */
    public record KeptMail(String file, Instant sentAt, String to, String subject, String text) {
    }

    private KeptMails() {
    }

    /**
     * The newest mails of a folder, newest first; none if the folder does not exist.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<KeptMail> newest(Path folder, int limit) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted(Comparator.comparing(Path::getFileName).reversed()).limit(limit)
                    .map(KeptMails::read).flatMap(Optional::stream).toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    /** The mail of a file; empty if the file is no mail of a {@link MailFolder}, or has been deleted. */
    private static Optional<KeptMail> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(SESSION, in);
            if (!(message.getContent() instanceof Multipart parts)
                    || !(parts.getBodyPart(0).getContent() instanceof String text)) {
                return Optional.empty();
            }
            return Optional.of(new KeptMail(file.getFileName().toString(), message.getSentDate().toInstant(),
                    message.getRecipients(Message.RecipientType.TO)[0].toString(), message.getSubject(), text));
        } catch (IOException | MessagingException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
