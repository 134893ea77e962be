package io.offerflow.contract.notification;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of one language.
 *
 * <p>A placeholder is written <code>{name}</code>. No other character is special, so translators write apostrophes as
 * they are; and placeholders are replaced in one pass, so a value is not searched for placeholders.
 */
final class MessageBundle {

    private static final String BUNDLE = MessageBundle.class.getPackageName() + ".notifications";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private final ResourceBundle texts;

    /** The texts in this language; missing ones are in English. */
    MessageBundle(Locale language) {
        // The file without a language is the English one; the root locale keeps the default locale of the JVM out.
        this.texts = ResourceBundle.getBundle(BUNDLE,
                language.equals(Locale.ENGLISH) ? Locale.ROOT : language);
    }

    /**
     * A text without placeholders.
     *
     * @throws java.util.MissingResourceException if there is no text with this key
     */
    String text(String key) {
        return texts.getString(key);
    }

    /**
     * A text with the values of its placeholders.
     *
     * @throws IllegalStateException if the text has a placeholder without a value, which is a fault of the text
     */
    String text(String key, Map<String, String> values) {
        return PLACEHOLDER.matcher(text(key)).replaceAll(placeholder -> Matcher.quoteReplacement(
                Optional.ofNullable(values.get(placeholder.group(1))).orElseThrow(() -> new IllegalStateException(
                        "the text \"%s\" has the placeholder %s, which no notification has; there are %s"
                                .formatted(key, placeholder.group(), values.keySet())))));
    }
}
