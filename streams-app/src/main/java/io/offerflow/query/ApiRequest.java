package io.offerflow.query;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request to the query API.
 *
 * @param uri path and query as received
 * @param pathParameters values of the path parameters of the route
 * @param forwarded whether another instance forwarded the request
 * @param authorization the Authorization header; forwarded to the instance that owns the offer
 */
record ApiRequest(String method, URI uri, Map<String, String> pathParameters, Map<String, String> parameters,
        boolean forwarded, Optional<String> authorization) {

    static ApiRequest of(String method, URI uri, boolean forwarded) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.put(decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new ApiRequest(method, uri, Map.of(), parameters, forwarded, Optional.empty());
    }

    ApiRequest withPathParameters(Map<String, String> pathNames) {
        return new ApiRequest(method, uri, pathNames, parameters, forwarded, authorization);
    }

    ApiRequest withAuthorization(Optional<String> header) {
        return new ApiRequest(method, uri, pathParameters, parameters, forwarded, header);
    }

    /** Without the Authorization header, which is secret. */
    @Override
    public String toString() {
        return method + " " + uri;
    }

    /** The decoded segments of the path; an empty one at the end is ignored. */
    List<String> segments() {
        return Arrays.stream(uri.getRawPath().substring(1).split("/")).map(segment ->
                decode(segment.replace("+", "%2B"))).toList();
    }

    /** Refuses other parameters, so that a misspelled filter is not ignored. */
    void allowParameters(String... known) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(Set.of(known));
        if (!unknown.isEmpty()) {
            throw QueryError.badRequest("Expected no parameter but %s, but there is \"%s\".",
                    known.length == 0 ? "none" : String.join(", ", known), shortened(unknown.iterator().next()));
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The value of a parameter as a whole number within bounds. */
    Optional<Long> number(String name, long least, long most) {
        return text(name).map(text -> {
            if (text.matches("\\d{1,18}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
                return Long.parseLong(text);
            }
            throw QueryError.badRequest("Expected %s to be a whole number from %d%s, but it is \"%s\".", name, least,
                    most == Long.MAX_VALUE ? "" : " to " + most, shortened(text));
        });
    }

    /** The value of a parameter, which has to be one of these words. */
    String oneOf(String name, String fallback, List<String> words) {
        String word = text(name).orElse(fallback);
        if (!words.contains(word)) {
            throw QueryError.badRequest("Expected %s to be one of %s, but it is \"%s\".", name,
                    String.join(", ", words), shortened(word));
        }
        return word;
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw QueryError.badRequest("Expected percent signs to be followed by two hexadecimal digits, but met "
                    + "\"%s\".", shortened(text));
        }
    }
}
