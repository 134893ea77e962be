package io.offerflow.contract.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("changes the default locale")
class NotificationTextsTest {

    private static final Instant AT = Instant.parse("2026-08-03T22:05:59Z");
    private static final List<StepMessage> REPORT = List.of(
            new StepMessage("100.1.3", "The description promises a discount.\nRemove it."),
            new StepMessage("", "A line without a policy."), new StepMessage("200.4", ""));

    @ParameterizedTest
    @MethodSource("everyTemplateInEveryLanguage")
    void everyTemplateIsCompleteInEveryLanguage(NotificationTemplate template,
            Locale language) {
        NotificationMessage letter = NotificationTexts.render(complete(template).build(), language);
        assertThat(letter.subject()).isNotBlank().hasSizeLessThan(100).contains("Shift Planner");
        assertThat(letter.text()).isEqualTo(letter.text().strip()).hasSizeGreaterThan(200)
                .contains("Shift Planner", "contoso/shift-planner", "22:05 UTC", "7", "3");
        assertThat(letter.subject() + letter.text()).doesNotContain("{", "}", "null", "''", "\r");
    }

    @ParameterizedTest
    @MethodSource("everyTemplateInEveryLanguage")
    void aNotificationThatSaysNoMoreThanItMustHasALetterAsWell(NotificationTemplate template, Locale language) {
        NotificationMessage letter = NotificationTexts.render(least(template), language);
        assertThat(letter.text()).doesNotContain("{", "}", "null").endsWith("22:05 UTC");
    }

    static Stream<Arguments> everyTemplateInEveryLanguage() {
        return Arrays.stream(NotificationTemplate.values()).flatMap(template ->
                NotificationTexts.LANGUAGES.stream().map(language -> Arguments.of(template, language)));
    }

    @Test
    void aPreviewIsToldWithWhatIsLeftToDo() {
        NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.PREVIEW_READY).build());
        assertThat(letter.subject()).isEqualTo("The preview of \"Shift Planner\" is ready for your review");
        assertThat(letter.text()).isEqualTo("""
                The preview of your offer "Shift Planner" is ready and waits for your approval since 3 August 2026 at \
                22:05 UTC. Only the preview audience that you named can see it; for customers nothing has changed yet.

                What you can do next:

                - Look at the preview. If it is as it should be, select Go live: only then does the update go on to \
                its audience. There is no deadline, and nothing goes live by itself.
                - If something is not right, change the draft and submit it again. The new submission takes the \
                place of this one.

                From the preview on, this publishing run can no longer be cancelled. After Go live it cannot be \
                replaced by another submission either: nothing can be cancelled from then on.

                Offer: Shift Planner (contoso/shift-planner)
                Date: 3 August 2026 at 22:05 UTC
                Submission: 7
                Latest version that went live: 3""");
    }

    @Test
    void theLanguageOfTheNotificationIsTheLanguageOfTheLetter() {
        NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.OFFER_LIVE)
                .setLocale("fr-CA").build());
        assertThat(letter.subject()).isEqualTo("«\u00a0Shift Planner\u00a0» est en ligne");
        assertThat(letter.text()).startsWith("Votre offre «\u00a0Shift Planner\u00a0» a été mise en ligne le "
                + "3 août 2026 à 22:05 UTC.").contains("l'offre");
    }

    @Test
    void aFailedCertificationCarriesTheWholeReport() {
        NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.CERTIFICATION_FAILED)
                .build());
        assertThat(letter.text()).contains("""

                - 100.1.3: The description promises a discount.
                  Remove it.
                - A line without a policy.
                - 200.4

                """);
    }

    @Test
    void aFailedStepIsNamedInTheLanguageOfTheLetter() {
        Notification failed = complete(NotificationTemplate.PUBLISH_ATTENTION_NEEDED).build();
        assertThat(NotificationTexts.render(failed).text()).contains("at this step: lead management validation and");
        assertThat(NotificationTexts.render(failed, Locale.FRENCH).text()).contains("gestion des prospects");
    }

    @ParameterizedTest
    @EnumSource
    void everyStepHasWordsOfItsOwnInEveryLanguage(StepName step) {
        NotificationTexts.LANGUAGES.forEach(language -> assertThat(Arrays.stream(StepName.values())
                .map(other -> new MessageBundle(language).text("step." + other))
                .filter(new MessageBundle(language).text("step." + step)::equals)).hasSize(1));
    }

    @Test
    void aReportOfNothingSaysSo() {
        assertThat(NotificationTexts.render(least(NotificationTemplate.CERTIFICATION_FAILED)).text())
                .contains("There are no further details.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"l'offre d'été", "{alias}", "{0} {when} {report", "}{", "$1 \\Q \\u0041 %s %n", "''{''",
        "<b>&amp;</b>", "日本語 👩‍🚀"})
    void whatPeopleWroteIsShownAsTheyWroteIt(String hostile) {
        for (Locale language : NotificationTexts.LANGUAGES) {
            NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.CERTIFICATION_FAILED)
                    .setAlias(hostile).setMessages(List.of(new StepMessage(hostile, hostile))).build(), language);
            assertThat(letter.subject()).contains(hostile);
            assertThat(letter.text()).contains(hostile + " (contoso/shift-planner)").contains(
                    "\n- %s%s %s\n".formatted(hostile, language.equals(Locale.FRENCH) ? "\u00a0:" : ":", hostile));
        }
    }

    @Test
    void anAliasCannotBeginAHeaderOfTheMailOrALineOfTheLetter() {
        NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.OFFER_LIVE)
                .setAlias("Planner\r\nBcc: all@example.com\u2028x\u0000\u0085y\t").build());
        assertThat(letter.subject()).isEqualTo("\"Planner Bcc: all@example.com x y\" is live");
        assertThat(letter.text().lines()).noneMatch(line -> line.startsWith("Bcc"));
    }

    @Test
    void aLineOfAReportCannotPassForALineOfTheLetter() {
        NotificationMessage letter = NotificationTexts.render(complete(NotificationTemplate.CERTIFICATION_FAILED)
                .setMessages(List.of(new StepMessage("1", "one\r\n\r\n\nOffer: another\rDate: never\u0007"))).build());
        assertThat(letter.text()).contains("- 1: one\n  Offer: another\n  Date: never\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en-GB", "", "und", "fr_FR is no tag", "x-private"})
    void aLanguageWithoutTextsFallsBackToEnglish(String tag) {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.FRANCE);
            assertThat(NotificationTexts.render(complete(NotificationTemplate.OFFER_LIVE).setLocale(tag).build())
                    .subject()).isEqualTo("\"Shift Planner\" is live");
            assertThat(new MessageBundle(Locale.ENGLISH).text("step.FINAL_PUBLISH")).isEqualTo("final publish");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void aTemplateOfANewerReleaseGetsAGeneralText() {
        assertThat(NotificationTexts.render(complete(NotificationTemplate.UNKNOWN).build()).text())
                .contains("Open the offer and look at its status", "- 100.1.3: The description promises a discount.");
    }

    @Test
    void aTextWithAPlaceholderThatNothingFillsIsAFault() {
        assertThatThrownBy(() -> new MessageBundle(Locale.ENGLISH).text("OFFER_LIVE.subject", Map.of("offer", "x")))
                .isInstanceOf(IllegalStateException.class).hasMessage("the text \"OFFER_LIVE.subject\" has the "
                        + "placeholder {alias}, which no notification has; there are [offer]");
    }

    private static Notification.Builder complete(NotificationTemplate template) {
        return Notification.newBuilder().setTemplate(template).setPublisherId("contoso").setOfferId("shift-planner")
                .setAlias("Shift Planner").setOccurredAt(AT).setSubmission(7L).setLiveVersion(3L)
                .setStep(StepName.LEAD_MANAGEMENT).setMessages(REPORT);
    }

    private static Notification least(NotificationTemplate template) {
        return complete(template).clearSubmission().clearLiveVersion().clearStep().setMessages(List.of()).build();
    }
}
