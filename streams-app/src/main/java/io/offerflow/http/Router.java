package io.offerflow.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps methods and paths to handlers. */
public final class Router {

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    /** Handles a request. */
    @FunctionalInterface
    public interface ApiHandler {
        ApiResponse handle(ApiRequest request);
    }

    /** The handlers of one path by method. */
    private record Route(List<String> pattern, Map<String, ApiHandler> handlers) {

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

    /** Adds a route for GET and HEAD; segments in braces are path parameters. */
    public Router get(String pattern, ApiHandler handler) {
        route(HEAD, pattern, handler);
        return route(GET, pattern, handler);
    }

    /** Adds a route for one method. Of several that match a path, the first one is taken. */
    public Router route(String method, String pattern, ApiHandler handler) {
        List<String> segments = List.of(pattern.substring(1).split("/"));
        routes.stream().filter(route -> route.pattern().equals(segments)).findFirst().orElseGet(() -> {
            Route added = new Route(segments, new LinkedHashMap<>());
            routes.add(added);
            return added;
        }).handlers().put(method, handler);
        return this;
    }

    /** Calls the handler of the request's path. */
    public ApiResponse handle(ApiRequest request) {
        List<String> path = request.segments();
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(path);
            if (names.isPresent()) {
                ApiHandler handler = route.handlers().get(request.method());
                if (handler == null) {
                    List<String> allowed = route.handlers().keySet().stream().sorted().toList();
                    return HttpError.methodNotAllowed(request.method(), allowed).response()
                            .withHeader("Allow", String.join(", ", allowed));
                }
                return handler.handle(request.withPathParameters(names.get()));
            }
        }
        throw HttpError.notFound("NOT_FOUND", "There is nothing at %s; /openapi.yaml says what there is.",
                ApiRequest.shortened(request.uri().getPath()));
    }
}
