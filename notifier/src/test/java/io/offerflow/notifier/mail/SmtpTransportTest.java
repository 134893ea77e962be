package io.offerflow.notifier.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.offerflow.avro.DeadLetterReason;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import io.offerflow.notifier.sending.TrustedCertificates;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from the answers of mail servers. */
class SmtpTransportTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void aRefusedRecipientIsRefusedForGood() throws Exception {
        DeliveryResult result = answered(line -> line.startsWith("RCPT") ? "550 5.1.1 No such user" : usual(line));
        assertThat(result).isInstanceOfSatisfying(DeliveryResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(DeadLetterReason.REFUSED);
            assertThat(refused.answer()).contains("550 5.1.1 No such user");
        });
    }

    @Test
    void aGreylistedRecipientIsTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(line -> line.startsWith("RCPT")
                && tries.incrementAndGet() == 1 ? "451 4.7.1 Greylisted, come back later" : usual(line));
                SmtpTransport transport = plain(server.port())) {
            assertThat(transport.send(message(transport))).isEqualTo(new DeliveryResult.Failed(FailureKind.DEFERRED,
                    "451 4.7.1 Greylisted, come back later"));
            assertThat(transport.send(message(transport))).isInstanceOf(DeliveryResult.Delivered.class);
        }
    }

    @Test
    void aConnectionThatEndsAfterTheMessageLeavesItUncertain() throws Exception {
        AtomicInteger messages = new AtomicInteger();
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(line -> line.equals(".")
                && messages.incrementAndGet() == 1 ? "" : usual(line));
                SmtpTransport transport = plain(server.port())) {
            assertThat(transport.send(message(transport))).isInstanceOfSatisfying(DeliveryResult.Failed.class,
                    failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CONNECTION_LOST));
            assertThat(transport.send(message(transport))).isInstanceOf(DeliveryResult.Delivered.class);
        }
    }

    @Test
    void aRefusedContentIsRefusedAndADeniedRelayIsTriedAgain() throws Exception {
        assertThat(answered(line -> line.equals(".") ? "552 5.3.4 Too big" : usual(line)))
                .isInstanceOf(DeliveryResult.Refused.class);
        assertThat(answered(line -> line.startsWith("RCPT") ? "554 5.7.1 Relay access denied" : usual(line)))
                .isInstanceOf(DeliveryResult.Failed.class);
        assertThat(answered(line -> line.startsWith("MAIL") ? "550 Sender rejected" : usual(line)))
                .isInstanceOf(DeliveryResult.Failed.class);
    }

    @Test
    void aServerThatIsAwayOrSilentIsNotAvailable() throws Exception {
        try (SmtpTransport transport = plain(1)) {
            assertThat(transport.send(message(transport))).isInstanceOfSatisfying(DeliveryResult.Failed.class,
                    failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CONNECT));
        }
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(line -> {
            try {
                Thread.sleep(line.startsWith("MAIL") ? 2_000 : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return usual(line);
        }); SmtpTransport transport = plain(server.port())) {
            assertThat(transport.send(message(transport))).isInstanceOf(DeliveryResult.Failed.class);
        }
    }

    @Test
    void aConnectionIsUsedForSeveralMessages() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(SmtpTransportTest::usual);
                SmtpTransport transport = plain(server.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(transport.send(message(transport))).isInstanceOf(DeliveryResult.Delivered.class);
            }
            assertThat(server.commands().stream().filter(line -> line.startsWith("EHLO"))).hasSize(1);
        }
    }

    @Test
    void certificateAndNameOfTheServerAreVerified() throws Exception {
        Path own = keystore("localhost");
        Path other = keystore("elsewhere.example");
        try (MailServer mail = new MailServer(own);
                SmtpTransport trusting = secured(mail.port(), Optional.of(certificate(own)), "secret");
                SmtpTransport refusing = secured(mail.port(), Optional.empty(), "secret");
                SmtpTransport mistaken = secured(mail.port(), Optional.of(certificate(own)), "wrong")) {
            assertFails(refusing, FailureKind.TLS);
            assertThat(mail.messages()).isZero();
            assertFails(mistaken, FailureKind.AUTHENTICATION);
            assertThat(trusting.send(message(trusting))).isInstanceOf(DeliveryResult.Delivered.class);
            assertThat(mail.messages()).isEqualTo(1);
        }
        try (MailServer mail = new MailServer(other);
                SmtpTransport transport = secured(mail.port(), Optional.of(certificate(other)), "secret")) {
            assertFails(transport, FailureKind.TLS);
        }
    }

    private static void assertFails(SmtpTransport transport, FailureKind kind) throws Exception {
        assertThat(transport.send(message(transport))).isInstanceOfSatisfying(DeliveryResult.Failed.class,
                failed -> assertThat(failed.kind()).as(failed.answer()).isEqualTo(kind));
    }

    /** GreenMail with TLS and a key of ours. */
    private static final class MailServer implements AutoCloseable {

        private final GreenMail mail;

        MailServer(Path keystore) {
            System.setProperty("greenmail.tls.keystore.file", keystore.toString());
            System.setProperty("greenmail.tls.keystore.password", PASSWORD);
            mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS));
            mail.setUser("ann@contoso.example", "offers", "secret");
            mail.start();
        }

        int port() {
            return mail.getSmtps().getPort();
        }

        int messages() {
            return mail.getReceivedMessages().length;
        }

        @Override
        public void close() {
            mail.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void withoutStarttlsNoMessageIsSent() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(SmtpTransportTest::usual);
                SmtpTransport transport = new SmtpTransport(settings("127.0.0.1", server.port(),
                        SmtpSettings.Security.STARTTLS, Optional.empty(), Optional.empty()))) {
            assertThat(transport.send(message(transport))).isInstanceOf(DeliveryResult.Failed.class);
            assertThat(server.commands()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    private static DeliveryResult answered(Function<String, String> answers) throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(answers);
                SmtpTransport transport = plain(server.port())) {
            return transport.send(message(transport));
        }
    }

    private static String usual(String line) {
        String word = line.length() < 4 ? line : line.substring(0, 4);
        return switch (word) {
            case "DATA" -> "354 Go ahead";
            case "." -> "250 2.0.0 Queued as 17";
            case "QUIT" -> "221 Bye";
            default -> "250 OK";
        };
    }

    private static SmtpTransport plain(int port) {
        return new SmtpTransport(settings("127.0.0.1", port, SmtpSettings.Security.NONE, Optional.empty(),
                Optional.empty()));
    }

    private static SmtpTransport secured(int port, Optional<Path> authorities, String password) {
        return new SmtpTransport(settings("localhost", port, SmtpSettings.Security.TLS,
                authorities, Optional.of(new SmtpSettings.SmtpLogin("offers", password))));
    }

    private static SmtpSettings settings(String host, int port, SmtpSettings.Security security,
            Optional<Path> authorities, Optional<SmtpSettings.SmtpLogin> login) {
        return new SmtpSettings(host, port, security, TrustedCertificates.context(authorities), login, 2,
                Duration.ofMillis(900));
    }

    private static MimeMessage message(SmtpTransport transport) throws Exception {
        MimeMessage message = new MimeMessage(transport.session());
        message.setFrom(new InternetAddress("offers@marketplace.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ann@contoso.example"));
        message.setSubject("A subject");
        message.setText("A text");
        message.saveChanges();
        return message;
    }

    private Path keystore(String host) throws Exception {
        Path file = folder.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-alias", "mail", "-dname", "CN=" + host, "-ext", "san=dns:" + host,
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private Path certificate(Path keystore) throws Exception {
        KeyStore store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        return Files.writeString(folder.resolve(keystore.getFileName() + ".pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(store.getCertificate("mail").getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    }
}
