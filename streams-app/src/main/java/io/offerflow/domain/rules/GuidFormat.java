package io.offerflow.domain.rules;

/**
 * The form of a GUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. Every command has one or more, so it is
 * checked without a regular expression.
 */
final class GuidFormat {

    private static final int LENGTH = 36;

    private GuidFormat() {
    }

    /** Whether a text is a GUID. */
    static boolean matches(String text) {
        return matches(text, true);
    }

    /** Whether a text is a GUID in lower case. */
    static boolean matchesLowerCase(String text) {
        return matches(text, false);
    }

    private static boolean matches(String text, boolean upperCase) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int index = 0; index < LENGTH; index++) {
            char letter = text.charAt(index);
            boolean hyphen = index == 8 || index == 13 || index == 18 || index == 23;
            if (hyphen ? letter != '-' : !isDigit(letter, upperCase)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char letter, boolean upperCase) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'f'
                || upperCase && letter >= 'A' && letter <= 'F';
    }
}
