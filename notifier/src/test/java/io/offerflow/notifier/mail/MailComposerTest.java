package io.offerflow.notifier.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import io.offerflow.contract.notification.NotificationMessage;
import io.offerflow.contract.notification.NotificationTexts;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The message of every notification in every language, read back from its bytes. */
class MailComposerTest {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final Instant NOW = Instant.parse("2026-03-01T09:31:00Z");

    private final MailComposer composer = new MailComposer(new MailSettings(
            MailAddresses.parse("offers@marketplace.example"),
            Optional.of("https://portal.example/{publisher}/{offer}?a=1&b=2")));

    static Stream<Arguments> all() {
        return Stream.of(NotificationTemplate.values()).flatMap(template -> NotificationTexts.LANGUAGES.stream()
                .map(language -> Arguments.of(template, language)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyNotificationIsTextAndHtmlInEveryLanguage(NotificationTemplate template, Locale language)
            throws Exception {
        Notification notification = notification(template, "Café <b>\"planner\"</b> & co");
        MimeMessage message = sent(notification, Optional.of(language));

        NotificationMessage text = NotificationTexts.render(notification, language);
        assertThat(message.getSubject()).isEqualTo(text.subject());
        assertThat(message.getHeader("Content-Language")).containsExactly(language.toLanguageTag());
        assertThat(part(message, 0)).isEqualTo(text.text() + "\n\nhttps://portal.example/contoso/shifts?a=1&b=2\n");
        String html = part(message, 1);
        assertThat(html).contains("lang=\"" + language.toLanguageTag() + "\"", "Café &lt;b&gt;&quot;planner&quot;",
                "href=\"https://portal.example/contoso/shifts?a=1&amp;b=2\"").doesNotContain("<b>", "<script");
        assertThat(elements(html)).as("each bullet is an item").isEqualTo(
                text.text().lines().filter(line -> line.startsWith("- ")).count());
    }

    @Test
    void messagesOfARunAreAThreadAndKeepTheirIds() throws Exception {
        MimeMessage preview = sent(notification(NotificationTemplate.PREVIEW_READY, "a"), Optional.empty());
        MimeMessage again = sent(notification(NotificationTemplate.PREVIEW_READY, "a"), Optional.empty());
        Notification live = notification(NotificationTemplate.OFFER_LIVE, "a");
        Notification later = notification(NotificationTemplate.OFFER_LIVE, "a");
        later.setSubmission(4L);

        assertThat(preview.getMessageID()).isEqualTo(again.getMessageID()).matches("<[a-z0-9.-]+@marketplace.example>");
        assertThat(preview.getHeader("References")).isEqualTo(sent(live, Optional.empty()).getHeader("In-Reply-To"))
                .isNotEqualTo(sent(later, Optional.empty()).getHeader("References"));
    }

    /** Texts of publishers cannot begin another header. */
    @Test
    void aLineBreakInATextIsNoHeader() throws Exception {
        String alias = "x\r\nBcc: eve@evil.example\r\n\r\n<html>\u2028y";
        MimeMessage message = sent(notification(NotificationTemplate.OFFER_LIVE, alias), Optional.empty());
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).containsExactly(new InternetAddress("ann@contoso.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "ann@", "@contoso.example", "ann@contoso.example\r\nBcc: eve@evil.example",
        "Ann <ann@contoso.example>", "ann@contoso.example,eve@evil.example", "ann@contoso.example eve@evil.example",
        "a\u0000nn@contoso.example", "ann@con toso.example", "ann@contoso..example", "ann@@contoso.example",
        "\"a b\"@contoso.example", "ann(x)@contoso.example", "ann@[127.0.0.1]"})
    void onlyOnePlainAddressIsAnAddress(String text) {
        assertThatThrownBy(() -> MailAddresses.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an e-mail address").hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@contoso.example", "ann.o'neil+offers@mail.contoso.example", "x@xn--caf-dma.example"})
    void ordinaryAddressesAreAccepted(String text) {
        assertThat(MailAddresses.parse(text).getAddress()).isEqualTo(text);
    }

    private MimeMessage sent(Notification notification, Optional<Locale> language) throws Exception {
        MimeMessage made = composer.compose(SESSION, "0-17-2", notification,
                MailAddresses.parse("ann@contoso.example"), language, NOW);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        made.writeTo(bytes);
        MimeMessage read = new MimeMessage(SESSION, new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(read.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1).lines())
                .as("lines that every mail server accepts").allMatch(line -> line.length() <= 998);
        return read;
    }

    private static String part(MimeMessage message, int index) throws Exception {
        return ((String) ((MimeMultipart) message.getContent()).getBodyPart(index).getContent()).replace("\r\n", "\n");
    }

    /** The number of list items; the page has to be well formed for it. */
    private static long elements(String html) throws Exception {
        String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>")
                .replace("<br>", "<br/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("li").getLength();
    }

    private static Notification notification(NotificationTemplate template, String alias) {
        return Notification.newBuilder().setTemplate(template).setPublisherId("contoso").setOfferId("shifts")
                .setAlias(alias).setOccurredAt(Instant.parse("2026-03-01T09:30:00Z")).setSubmission(3L)
                .setStep(StepName.CERTIFICATION).setPlanId("basic").setPlanIds(List.of("basic", "pro"))
                .setMessages(List.of(new StepMessage("100.1", "Name it.\nSay <why>."))).build();
    }
}
