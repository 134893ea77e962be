package io.offerflow.notifier.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110): seconds, or a date. */
final class RetryAfter {

    private RetryAfter() {
    }

    /** The wait; empty if the text is neither, or is over. */
    static Optional<Duration> parse(String text, Instant now) {
        String plain = text.strip();
        if (plain.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(plain))).filter(Duration::isPositive);
        }
        try {
            return Optional.of(Duration.between(now, ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant())).filter(Duration::isPositive);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
