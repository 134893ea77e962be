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
 * Puts notifications into words (domain.md 2.8): what happened, and what the publisher can do next.
 *
 * <p>A mailer needs no rules of its own. Whatever a notification holds, there is a letter: a language without
 * sentences is answered in English, a template of a newer release with a general text.
 */
public final class NotificationTexts {

    /** The languages that there are sentences in; the first one stands in for all others. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** The states of a removal request that there are words for (domain.md 5.5). */
    static final Set<String> REMOVAL_STATES =
            Set.of("SUBMITTED", "IN_PROGRESS", "WAITING_FOR_PUBLISHER", "COMPLETED", "REJECTED", "WITHDRAWN");

    private static final Map<Locale, MessageBundle> PHRASES =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(language -> language, MessageBundle::new));

    private NotificationTexts() {
    }

    /** The letter in the language that the notification asks for. */
    public static NotificationMessage render(Notification notification) {
        return render(notification, Locale.forLanguageTag(notification.getLocale()));
    }

    /** The letter in this language; of a locale such as {@code fr-CA} only the language counts. */
    public static NotificationMessage render(Notification notification, Locale locale) {
        Locale language = language(locale);
        MessageBundle phrases = PHRASES.get(language);
        Map<String, String> values = values(notification, phrases, language);
        String template = notification.getTemplate().name();
        return new NotificationMessage(phrases.say(template + ".subject", values), Stream.of(template + ".happened",
                        template + ".next", "details").map(part -> phrases.say(part, values))
                .collect(Collectors.joining("\n\n")));
    }

    private static Locale language(Locale locale) {
        return LANGUAGES.stream().filter(language -> language.getLanguage().equals(locale.getLanguage())).findFirst()
                .orElse(LANGUAGES.getFirst());
    }

    private static Map<String, String> values(Notification notification, MessageBundle phrases, Locale language) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("alias", PlainText.line(notification.getAlias()));
        values.put("publisher", PlainText.line(notification.getPublisherId()));
        values.put("offer", PlainText.line(notification.getOfferId()));
        values.put("plan", PlainText.line(Optional.ofNullable(notification.getPlanId()).orElse("")));
        values.put("plans", notification.getPlanIds().stream().map(PlainText::line).collect(Collectors.joining(", ")));
        values.put("request", Optional.ofNullable(notification.getRemovalRequest()).map(String::valueOf).orElse("?"));
        values.put("state", phrases.say("removal." + removalState(notification)));
        values.put("effective", when(Optional.ofNullable(notification.getEffectiveAt())
                .orElse(notification.getOccurredAt()), phrases, language));
        values.put("when", when(notification.getOccurredAt(), phrases, language));
        values.put("step", step(phrases, Optional.ofNullable(notification.getStep())));
        values.put("report", report(phrases, notification.getMessages()));
        values.put("numbers", numbers(phrases, notification));
        return values;
    }

    /** A state of a newer release is named in general words. */
    private static String removalState(Notification notification) {
        String state = Optional.ofNullable(notification.getRemovalState()).orElse("UNKNOWN");
        return REMOVAL_STATES.contains(state) ? state : "UNKNOWN";
    }

    /** A step of a newer release arrives as UNKNOWN and is named in general words, as is none at all. */
    private static String step(MessageBundle phrases, Optional<StepName> step) {
        return phrases.say("step." + step.orElse(StepName.UNKNOWN).name());
    }

    private static String when(Instant instant, MessageBundle phrases, Locale language) {
        return DateTimeFormatter.ofPattern(phrases.say("date"), language).withZone(ZoneOffset.UTC).format(instant);
    }

    private static String numbers(MessageBundle phrases, Notification notification) {
        return Stream.of(number(phrases, "submission", Optional.ofNullable(notification.getSubmission())),
                        number(phrases, "version", Optional.ofNullable(notification.getLiveVersion())))
                .flatMap(Optional::stream).map(line -> "\n" + line).collect(Collectors.joining());
    }

    private static Optional<String> number(MessageBundle phrases, String name, Optional<Long> number) {
        return number.map(given -> phrases.say("details." + name, Map.of(name, Long.toString(given))));
    }

    private static String report(MessageBundle phrases, List<StepMessage> messages) {
        return messages.isEmpty() ? phrases.say("report.none")
                : messages.stream().map(message -> line(phrases, message)).collect(Collectors.joining("\n"));
    }

    private static String line(MessageBundle phrases, StepMessage message) {
        String code = PlainText.line(message.getCode());
        String text = PlainText.indented(message.getText(), "  ");
        return "- " + (code.isEmpty() || text.isEmpty() ? code + text
                : phrases.say("report.line", Map.of("code", code, "text", text)));
    }
}
