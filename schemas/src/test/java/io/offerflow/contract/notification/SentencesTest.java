package io.offerflow.contract.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of sentences themselves: at run time English would silently stand in for what a language lacks. */
class SentencesTest {

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageHasTheSameSentencesAsEnglish(Locale language) throws IOException {
        assertThat(sentences(language).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(sentences(Locale.ENGLISH).stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noSentenceLosesABlankOfTheEnglishOne(Locale language) throws IOException {
        Properties translated = sentences(language);
        Properties english = sentences(Locale.ENGLISH);
        english.stringPropertyNames().forEach(key -> assertThat(blanks(translated.getProperty(key, "")))
                .as("the blanks of %s in %s", key, language).isEqualTo(blanks(english.getProperty(key))));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void noSentenceIsEmptyOrHasStraySpaces(Locale language) throws IOException {
        sentences(language).forEach((key, sentence) -> assertThat(sentence.toString()).as("%s in %s", key, language)
                .isNotBlank().isEqualTo(sentence.toString().strip()).doesNotContain("  ", " \n", "''"));
    }

    static List<Locale> languages() {
        return NotificationTexts.LANGUAGES;
    }

    private static Set<String> blanks(String sentence) {
        return Pattern.compile("\\{[^}]*}").matcher(sentence).results().map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Properties sentences(Locale language) throws IOException {
        String suffix = language.equals(Locale.ENGLISH) ? "" : "_" + language;
        try (InputStream file = Objects.requireNonNull(
                MessageBundle.class.getResourceAsStream("notifications%s.properties".formatted(suffix)))) {
            Properties sentences = new Properties();
            sentences.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return sentences;
        }
    }
}
