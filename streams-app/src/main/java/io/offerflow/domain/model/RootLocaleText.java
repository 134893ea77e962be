package io.offerflow.domain.model;

import java.util.Locale;

/** Formats sentences that are journalled or stored, so that they do not depend on the default locale of the machine. */
public final class RootLocaleText {

    private RootLocaleText() {
    }

    /** The text with its values, as {@link String#format} in {@link Locale#ROOT}. */
    public static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
