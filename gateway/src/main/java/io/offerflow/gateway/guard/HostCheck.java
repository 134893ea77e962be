package io.offerflow.gateway.guard;

import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Serves only requests for the names of this gateway, and from pages of this gateway, so that no other web site can use
 * the browser of a person to reach it.
 *
 * @param names host names without port, in lower case
 */
public record HostCheck(Set<String> names) {

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    /**
     * Checks a request.
     *
     * @throws HttpError with status 421 for another host, and 403 for another origin
     */
    public void check(ApiRequest request) {
        String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        if (!names.contains(PORT.matcher(host).replaceFirst(""))) {
            throw HttpError.of(421, "MISDIRECTED_REQUEST", "Expected a name of this gateway as Host, but it is \"%s\"; "
                    + "an operator can add it to http.hosts.", ApiRequest.shortened(host));
        }
        request.header("Origin").filter(origin -> !isSame(origin, host)).ifPresent(origin -> {
            throw HttpError.forbidden("Expected a request of a page of this gateway, but Origin is \"%s\".".formatted(
                    ApiRequest.shortened(origin)));
        });
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
