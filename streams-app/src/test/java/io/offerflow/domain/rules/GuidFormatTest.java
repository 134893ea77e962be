package io.offerflow.domain.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The form of a GUID, compared with the regular expressions that say the same. */
class GuidFormatTest {

    private static final String LOWER = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String ANY = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String LETTERS = "09afAF-/:@`gG é";

    @Test
    void v20V30ItSaysWhatTheRegularExpressionsSay() {
        String guid = "0b1c2d3e-0000-4000-8000-00000000000a";
        check("");
        check(guid.substring(1));
        check(guid + "0");
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder changed = new StringBuilder(guid);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                changed.setCharAt(random.nextInt(guid.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            check(changed.toString());
        }
    }

    private static void check(String text) {
        assertThat(GuidFormat.matches(text)).as(text).isEqualTo(text.matches(ANY));
        assertThat(GuidFormat.matchesLowerCase(text)).as(text).isEqualTo(text.matches(LOWER));
    }
}
