package io.offerflow.contract.notification;

import io.offerflow.avro.Notification;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders notifications (domain.md 2.8): what happened, and what the publisher can do next.
 *
 * <p>A mailer needs no rules, since there is a message for every notification: in English if there are no texts in its
 * language, and with a general text for a template of a newer release.
 */
public final class NotificationTexts {

    /** The languages with texts; the first one is used for all others. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** The states of a removal request that have texts (domain.md 5.5). */
    static final Set<String> REMOVAL_STATES =
            Set.of("SUBMITTED", "IN_PROGRESS", "WAITING_FOR_PUBLISHER", "COMPLETED", "REJECTED", "WITHDRAWN");

    private static final Map<Locale, MessageBundle> BUNDLES =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(language -> language, MessageBundle::new));

    private NotificationTexts() {
    }

    /** The message in the language of the notification. */
    public static NotificationMessage render(Notification notification) {
        return render(notification, Locale.forLanguageTag(notification.getLocale()));
    }

    /** The message in this language; of a locale such as {@code fr-CA} only the language counts. */
    public static NotificationMessage render(Notification notification, Locale locale) {
        Locale language = language(locale);
        MessageBundle texts = BUNDLES.get(language);
        Map<String, String> values = values(notification, texts, language);
        String template = notification.getTemplate().name();
        return new NotificationMessage(texts.text(template + ".subject", values), Stream.of(template + ".happened",
                        template + ".next", "details").map(part -> texts.text(part, values))
                .collect(Collectors.joining("\n\n")));
    }

    /** The language with texts that a message in this locale is written in. */
    public static Locale language(Locale locale) {
        return LANGUAGES.stream().filter(language -> language.getLanguage().equals(locale.getLanguage())).findFirst()
                .orElse(LANGUAGES.getFirst());
    }

    private static Map<String, String> values(Notification notification, MessageBundle texts, Locale language) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("alias", PlainText.line(notification.getAlias()));
        values.put("publisher", PlainText.line(notification.getPublisherId()));
        values.put("offer", PlainText.line(notification.getOfferId()));
        values.put("plan", PlainText.line(Optional.ofNullable(notification.getPlanId()).orElse("")));
        values.put("plans", notification.getPlanIds().stream().map(PlainText::line).collect(Collectors.joining(", ")));
        values.put("request", Optional.ofNullable(notification.getRemovalRequest()).map(String::valueOf).orElse("?"));
        values.put("state", texts.text("removal." + removalState(notification)));
        values.put("effective", when(Optional.ofNullable(notification.getEffectiveAt())
                .orElse(notification.getOccurredAt()), texts, language));
        values.put("when", when(notification.getOccurredAt(), texts, language));
        values.put("step", step(texts, Optional.ofNullable(notification.getStep())));
        values.put("report", report(texts, notification.getMessages()));
        values.put("numbers", numbers(texts, notification));
        return values;
    }

    /** A state of a newer release has a general text. */
    private static String removalState(Notification notification) {
        String state = Optional.ofNullable(notification.getRemovalState()).orElse("UNKNOWN");
        return REMOVAL_STATES.contains(state) ? state : "UNKNOWN";
    }

    /** A step of a newer release is read as UNKNOWN and has a general text, as has a notification without a step. */
    private static String step(MessageBundle texts, Optional<StepName> step) {
        return texts.text("step." + step.orElse(StepName.UNKNOWN).name());
    }

    private static String when(Instant instant, MessageBundle texts, Locale language) {
        return DateTimeFormatter.ofPattern(texts.text("date"), language).withZone(ZoneOffset.UTC).format(instant);
    }

    private static String numbers(MessageBundle texts, Notification notification) {
        return Stream.of(number(texts, "submission", Optional.ofNullable(notification.getSubmission())),
                        number(texts, "version", Optional.ofNullable(notification.getLiveVersion())))
                .flatMap(Optional::stream).map(line -> "\n" + line).collect(Collectors.joining());
    }

    private static Optional<String> number(MessageBundle texts, String name, Optional<Long> number) {
        return number.map(given -> texts.text("details." + name, Map.of(name, Long.toString(given))));
    }

    private static String report(MessageBundle texts, List<StepMessage> messages) {
        return messages.isEmpty() ? texts.text("report.none")
                : messages.stream().map(message -> line(texts, message)).collect(Collectors.joining("\n"));
    }

    private static String line(MessageBundle texts, StepMessage message) {
        String code = PlainText.line(message.getCode());
        String text = PlainText.indented(message.getText(), "  ");
        return "- " + (code.isEmpty() || text.isEmpty() ? code + text
                : texts.text("report.line", Map.of("code", code, "text", text)));
    }
}
