package io.offerflow.domain.model;

import java.util.Locale;

/** Sentences that are journalled and stored: the same whatever the default locale of the machine is. */
public final class RootLocaleText {

    private RootLocaleText() {
    }

    /** The text with its values, as {@link String#format} in {@link Locale#ROOT}. */
    public static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
