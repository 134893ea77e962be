package io.offerflow.contract.notification;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of one language.
 *
 * <p>A blank to fill is written <code>{name}</code>. Nothing else in a sentence has a meaning of its own, so that
 * translators write apostrophes as they are; and blanks are filled in one pass, so that what fills them is never read
 * again.
 */
final class MessageBundle {

    private static final String BUNDLE = MessageBundle.class.getPackageName() + ".notifications";
    private static final Pattern BLANK = Pattern.compile("\\{([a-z]+)}");

    private final ResourceBundle sentences;

    /** The sentences in this language; those that it lacks are in English. */
    MessageBundle(Locale language) {
        // The file without a language is the English one; asking for it by the root keeps the JVM's own language out.
        this.sentences = ResourceBundle.getBundle(BUNDLE,
                language.equals(Locale.ENGLISH) ? Locale.ROOT : language);
    }

    /**
     * A sentence without blanks.
     *
     * @throws java.util.MissingResourceException if there is none under this key
     */
    String say(String key) {
        return sentences.getString(key);
    }

    /**
     * A sentence with its blanks filled.
     *
     * @throws IllegalStateException if the sentence has a blank that nothing was given for: a fault of the sentence
     */
    String say(String key, Map<String, String> values) {
        return BLANK.matcher(say(key)).replaceAll(blank -> Matcher.quoteReplacement(
                Optional.ofNullable(values.get(blank.group(1))).orElseThrow(() -> new IllegalStateException(
                        "the sentence \"%s\" has the blank %s, which no notification fills; there are %s"
                                .formatted(key, blank.group(), values.keySet())))));
    }
}
