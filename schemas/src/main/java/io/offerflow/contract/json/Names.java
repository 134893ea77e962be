package io.offerflow.contract.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
public final class Names {

    private static final int LONGEST_LISTED = 160;

    private Names() {
    }

    /**
     * The known name closest to what was met: a slip of a letter or two, another case or
     * separator, or a name cut short.
     */
    public static Optional<String> closest(String met, Collection<String> known) {
        int allowed = Math.max(1, Math.min(met.length(), 64) / 3);
        return known.stream()
                .filter(name -> slips(plain(met), plain(name)) <= allowed)
                .min(Comparator.comparingInt((String name) -> slips(plain(met), plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A name cut short counts as one slip, however much is missing. */
    private static int slips(String met, String name) {
        boolean cutShort = met.length() >= 4 && name.startsWith(met);
        return cutShort ? Math.min(1, name.length() - met.length()) : distance(met, name);
    }

    /** The known names in a sentence, cut where there are too many to read. */
    static String listed(Collection<String> known) {
        String all = String.join(", ", known);
        return all.length() <= LONGEST_LISTED ? all
                : all.substring(0, all.lastIndexOf(", ", LONGEST_LISTED)) + ", ...";
    }

    private static String plain(String name) {
        String letters = name.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
        return letters.substring(0, Math.min(letters.length(), 64));
    }

    /** Levenshtein's distance with one row, after both names were shortened to 64 letters. */
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
