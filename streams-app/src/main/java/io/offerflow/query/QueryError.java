package io.offerflow.query;

import java.util.Optional;

/** A request that is answered with an error; the message is for the client. */
final class QueryError extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Optional<Integer> retryAfterSeconds;

    private QueryError(int status, String code, String message, Optional<Integer> retryAfterSeconds) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static QueryError badRequest(String message, Object... values) {
        return new QueryError(400, "BAD_REQUEST", message.formatted(values), Optional.empty());
    }

    static QueryError notFound(String code, String message, Object... values) {
        return new QueryError(404, code, message.formatted(values), Optional.empty());
    }

    static QueryError unauthorized() {
        return new QueryError(401, "UNAUTHORIZED", "Expected a header \"Authorization: Bearer …\" with a token that "
                + "this service knows (http.tokens).", Optional.empty());
    }

    static QueryError forbidden(String message) {
        return new QueryError(403, "FORBIDDEN", message, Optional.empty());
    }

    static QueryError methodNotAllowed(String method) {
        return new QueryError(405, "METHOD_NOT_ALLOWED",
                "Expected GET or HEAD, but the method is %s: this API only reads.".formatted(method), Optional.empty());
    }

    /** The request can be answered later; the client may retry after so many seconds. */
    static QueryError unavailable(String code, int seconds, String message, Object... values) {
        return new QueryError(503, code, message.formatted(values) + " Ask again in %d s.".formatted(seconds),
                Optional.of(seconds));
    }

    static QueryError internalError() {
        return new QueryError(500, "INTERNAL_ERROR",
                "A fault in this release kept the question from being answered; the log of the service says more.",
                Optional.empty());
    }

    int status() {
        return status;
    }

    ApiResponse response() {
        ApiResponse response = ApiResponse.json(status, Json.object().put("status", status).put("error", code)
                .put("message", getMessage()));
        ApiResponse challenged = status == 401 ? response.withHeader("WWW-Authenticate", "Bearer") : response;
        return retryAfterSeconds.map(seconds -> response.withHeader("Retry-After", Integer.toString(seconds)))
                .orElse(challenged);
    }
}
