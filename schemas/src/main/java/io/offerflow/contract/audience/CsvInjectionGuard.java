package io.offerflow.contract.audience;

import java.util.regex.Pattern;

/**
 * Puts an apostrophe before cells that a spreadsheet would run as a formula, and removes it again. A text that looks
 * like an escaped cell is escaped, too, so that nothing is lost.
 */
final class CsvInjectionGuard {

    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);

    private CsvInjectionGuard() {
    }

    static String escape(String text) {
        return DANGEROUS.matcher(text).matches() ? "'" + text : text;
    }

    static String unescape(String cell) {
        return cell.startsWith("'") && DANGEROUS.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
