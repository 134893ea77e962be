package io.offerflow.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Seconds or a date; anything else does not count. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    @Test
    void secondsAndDatesAreUnderstood() {
        assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 09:31:00 GMT", NOW)).contains(Duration.ofMinutes(1));
        for (String text : new String[] {"0", "-5", "soon", "", "Sun, 01 Mar 2026 09:29:00 GMT", "99999999999999"}) {
            assertThat(RetryAfter.parse(text, NOW)).as(text).isEmpty();
        }
    }
}
