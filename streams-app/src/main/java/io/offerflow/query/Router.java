package io.offerflow.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which address asks what. */
final class Router {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        ApiResponse handle(ApiRequest call);
    }

    private record Route(List<String> pattern, Handler handler) {

        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return Optional.empty();
            }
            Map<String, String> names = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String expected = pattern.get(i);
                if (expected.startsWith("{")) {
                    names.put(expected.substring(1, expected.length() - 1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(names);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; segments in braces are variable. */
    Router get(String pattern, Handler handler) {
        routes.add(new Route(List.of(pattern.substring(1).split("/")), handler));
        return this;
    }

    /** The answer, which may be an error. */
    ApiResponse handle(ApiRequest call) {
        List<String> path = call.segments();
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(path);
            if (names.isPresent()) {
                if (!READS.contains(call.method())) {
                    return QueryError.methodNotAllowed(call.method()).response().withHeader("Allow", "GET, HEAD");
                }
                return route.handler().handle(call.withPathParameters(names.get()));
            }
        }
        throw QueryError.notFound("NOT_FOUND", "There is nothing at %s; /openapi.yaml says what there is.",
                ApiRequest.shortened(call.uri().getPath()));
    }
}
