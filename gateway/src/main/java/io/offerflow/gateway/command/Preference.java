package io.offerflow.gateway.command;

import io.offerflow.http.ApiRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client wants to wait for an outcome: the header Prefer (RFC 7240). */
final class Preference {

    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?");

    private Preference() {
    }

    /** The wanted time, at most this one; empty if the client does not want to wait. */
    static Optional<Duration> wait(ApiRequest request, Duration most) {
        return request.header("Prefer").map(WAIT::matcher).filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .map(wanted -> wanted.compareTo(most) > 0 ? most : wanted);
    }
}
