package io.offerflow.http;

import io.offerflow.identity.Authenticator;
import io.offerflow.identity.Caller;
import io.offerflow.identity.IdentityException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request to an HTTP API.
 *
 * @param uri path and query as received
 * @param pathParameters values of the path parameters of the route
 * @param caller who sends it; every caller may do everything until the request is authorized
 */
public record ApiRequest(String method, URI uri, Map<String, String> pathParameters, Map<String, String> parameters,
        HttpHeaders headers, InputStream body, Caller caller) {

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    /** A request with this target. */
    public static ApiRequest of(String method, URI uri, HttpHeaders headers, InputStream body) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.put(decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new ApiRequest(method, uri, Map.of(), parameters, headers, body, Caller.UNRESTRICTED);
    }

    /** A request without headers and body. */
    public static ApiRequest of(String method, URI uri) {
        return of(method, uri, NO_HEADERS, InputStream.nullInputStream());
    }

    ApiRequest withPathParameters(Map<String, String> pathNames) {
        return new ApiRequest(method, uri, pathNames, parameters, headers, body, caller);
    }

    /**
     * The same request, from the caller that its Authorization header names.
     *
     * @throws HttpError if the caller is not known
     */
    public ApiRequest from(Authenticator authenticator) {
        try {
            return new ApiRequest(method, uri, pathParameters, parameters, headers, body,
                    authenticator.authenticate(header("Authorization")));
        } catch (IdentityException e) {
            throw e.isUnavailable() ? HttpError.unavailable("IDENTITY_UNAVAILABLE", 5, "%s", e.getMessage())
                    : HttpError.unauthorized(e.getMessage());
        }
    }

    /** Without headers, which have secrets. */
    @Override
    public String toString() {
        return method + " " + uri;
    }

    /** The decoded segments of the path; an empty one at the end is ignored. */
    public List<String> segments() {
        return Arrays.stream(uri.getRawPath().substring(1).split("/")).map(segment ->
                decode(segment.replace("+", "%2B"))).toList();
    }

    /** The first value of a header; names of headers have no case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The value of a path parameter. */
    public String path(String name) {
        return pathParameters.get(name);
    }

    /**
     * The whole body.
     *
     * @param most its largest size in bytes
     * @throws HttpError with status 413 if it is larger; nothing of a body with a known size is read then
     */
    public byte[] content(int most) {
        if (headers.firstValueAsLong("Content-Length").orElse(0) > most) {
            throw HttpError.tooLarge(most);
        }
        try {
            byte[] content = body.readNBytes(most + 1);
            if (content.length > most) {
                throw HttpError.tooLarge(most);
            }
            return content;
        } catch (IOException e) {
            throw HttpError.timeout(); // it did not come, or came too slowly
        }
    }

    /** Refuses other parameters, so that a misspelled filter is not ignored. */
    public void allowParameters(String... known) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw HttpError.badRequest("Expected no parameter but %s, but there is \"%s\".",
                    known.length == 0 ? "none" : String.join(", ", known), shortened(unknown.iterator().next()));
        }
    }

    /** The value of a parameter; empty if it is absent or empty. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The value of a parameter as a whole number within bounds. */
    public Optional<Long> number(String name, long least, long most) {
        return text(name).map(text -> {
            if (text.matches("\\d{1,18}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
                return Long.parseLong(text);
            }
            throw HttpError.badRequest("Expected %s to be a whole number from %d%s, but it is \"%s\".", name, least,
                    most == Long.MAX_VALUE ? "" : " to " + most, shortened(text));
        });
    }

    /** The value of a parameter, which has to be one of these words. */
    public String oneOf(String name, String fallback, List<String> words) {
        String word = text(name).orElse(fallback);
        if (!words.contains(word)) {
            throw HttpError.badRequest("Expected %s to be one of %s, but it is \"%s\".", name,
                    String.join(", ", words), shortened(word));
        }
        return word;
    }

    /** A text of a client, short enough for a sentence. */
    public static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpError.badRequest("Expected percent signs to be followed by two hexadecimal digits, but met "
                    + "\"%s\".", shortened(text));
        }
    }
}
