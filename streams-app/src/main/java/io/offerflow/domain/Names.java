package io.offerflow.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds names in closed lists, and the closest one for people who mistyped it. */
public final class Names {

    private Names() {
    }

    static <E extends Enum<E>> Optional<E> find(E[] values, String name) {
        for (E value : values) {
            if (value.name().equals(name)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    static <E extends Enum<E>> String closest(E[] values, String name) {
        return closest(Arrays.stream(values).map(Enum::name).toList(), name);
    }

    /** The known name with the smallest edit distance to the one given, upper and lower case alike. */
    public static String closest(Collection<String> known, String name) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(
                        candidate.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        Arrays.setAll(previous, index -> index);
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
