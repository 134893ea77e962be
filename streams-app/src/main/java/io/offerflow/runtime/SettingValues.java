package io.offerflow.runtime;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads settings as what they stand for; one that is not of its kind is refused with the kind that is expected. */
record SettingValues(Map<String, String> values) {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    String text(String name) {
        return values.get(name);
    }

    int whole(String name) {
        return whole(name, 0);
    }

    int positive(String name) {
        return whole(name, 1);
    }

    private int whole(String name, int from) {
        return parse(name, "a whole number from %d to %d".formatted(from, Integer.MAX_VALUE), text -> {
            int number = Integer.parseInt(text);
            if (number < from) {
                throw new NumberFormatException();
            }
            return number;
        });
    }

    Duration duration(String name) {
        return parse(name, "a duration such as PT4H or PT30S", Duration::parse);
    }

    boolean yes(String name) {
        return parse(name, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    Locale language(String name) {
        return parse(name, "a language tag such as en, fr or fr-CA", text -> {
            Locale locale = Locale.forLanguageTag(text); // leaves out what is no part of a tag
            if (!locale.toLanguageTag().equalsIgnoreCase(text) || !LANGUAGES.contains(locale.getLanguage())) {
                throw new IllegalArgumentException();
            }
            return locale;
        });
    }

    private <T> T parse(String name, String kind, Function<String, T> parser) {
        try {
            return parser.apply(text(name).strip());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ConfigException("the setting \"%s\" is \"%s\", expected %s".formatted(name, text(name), kind), e);
        }
    }
}
