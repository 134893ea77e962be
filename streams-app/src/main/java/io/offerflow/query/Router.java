package io.offerflow.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps paths to handlers. */
final class Router {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** Handles a request. */
    @FunctionalInterface
    interface Handler {
        ApiResponse handle(ApiRequest request);
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

    /** Adds a route; segments in braces are path parameters. */
    Router get(String pattern, Handler handler) {
        routes.add(new Route(List.of(pattern.substring(1).split("/")), handler));
        return this;
    }

    /** Calls the handler of the request's path. */
    ApiResponse handle(ApiRequest request) {
        List<String> path = request.segments();
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(path);
            if (names.isPresent()) {
                if (!READS.contains(request.method())) {
                    return QueryError.methodNotAllowed(request.method()).response().withHeader("Allow", "GET, HEAD");
                }
                return route.handler().handle(request.withPathParameters(names.get()));
            }
        }
        throw QueryError.notFound("NOT_FOUND", "There is nothing at %s; /openapi.yaml says what there is.",
                ApiRequest.shortened(request.uri().getPath()));
    }
}
