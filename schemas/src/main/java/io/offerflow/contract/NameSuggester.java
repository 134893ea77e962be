package io.offerflow.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests a known name for a mistyped one. */
public final class NameSuggester {

    private static final int LONGEST_COMPARED = 64;

    private NameSuggester() {
    }

    /**
     * The known name that was probably meant, if one is close: with a few other letters, another case or other
     * separators, or cut short.
     */
    public static Optional<String> closest(String met, Collection<String> known) {
        int allowed = Math.max(1, Math.min(met.length(), LONGEST_COMPARED) / 3);
        return known.stream()
                .filter(name -> slips(plain(met), plain(name)) <= allowed)
                .min(Comparator.comparingInt((String name) -> slips(plain(met), plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * The known name with the smallest edit distance, however large it is; upper and lower case are alike.
     *
     * @param known at least one name; of names that are as close, the first one is taken
     */
    public static String nearest(String met, Collection<String> known) {
        String lower = met.toLowerCase(Locale.ROOT);
        return known.stream().min(Comparator.comparingInt(name -> distance(name.toLowerCase(Locale.ROOT), lower)))
                .orElseThrow();
    }

    /** A name cut short counts as one slip, however much is missing. */
    private static int slips(String met, String name) {
        boolean cutShort = met.length() >= 4 && name.startsWith(met);
        return cutShort ? Math.min(1, name.length() - met.length()) : distance(met, name);
    }

    private static String plain(String name) {
        String letters = name.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
        return letters.substring(0, Math.min(letters.length(), LONGEST_COMPARED));
    }

    /** Levenshtein's distance with one row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
