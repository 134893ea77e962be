package io.offerflow.cli.audience;

import java.util.regex.Pattern;

/**
 * Cells that a spreadsheet would run as a formula get an apostrophe in front, which a spreadsheet takes for "this is
 * text"; reading takes it away again. A text that looks like a cell made harmless gets one, too, so that nothing is
 * lost.
 */
final class CsvInjectionGuard {

    private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);

    private CsvInjectionGuard() {
    }

    static String harmless(String text) {
        return DANGEROUS.matcher(text).matches() ? "'" + text : text;
    }

    static String original(String cell) {
        return cell.startsWith("'") && DANGEROUS.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
