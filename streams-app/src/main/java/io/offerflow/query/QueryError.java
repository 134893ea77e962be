package io.offerflow.query;

import java.util.Optional;

/** A request that is answered with an error; the sentence is for whoever asked. */
final class QueryError extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Optional<Integer> retryAfterSeconds;

    private QueryError(int status, String code, String sentence, Optional<Integer> retryAfterSeconds) {
        super(sentence);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static QueryError badRequest(String sentence, Object... values) {
        return new QueryError(400, "BAD_REQUEST", sentence.formatted(values), Optional.empty());
    }

    static QueryError notFound(String code, String sentence, Object... values) {
        return new QueryError(404, code, sentence.formatted(values), Optional.empty());
    }

    static QueryError unauthorized() {
        return new QueryError(401, "UNAUTHORIZED", "Expected a header \"Authorization: Bearer …\" with a token that "
                + "this service knows (http.tokens).", Optional.empty());
    }

    static QueryError forbidden(String sentence) {
        return new QueryError(403, "FORBIDDEN", sentence, Optional.empty());
    }

    static QueryError methodNotAllowed(String method) {
        return new QueryError(405, "METHOD_NOT_ALLOWED",
                "Expected GET or HEAD, but the method is %s: this API only reads.".formatted(method), Optional.empty());
    }

    /** Not now; ask again after so many seconds. */
    static QueryError unavailable(String code, int seconds, String sentence, Object... values) {
        return new QueryError(503, code, sentence.formatted(values) + " Ask again in %d s.".formatted(seconds),
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
        ApiResponse answer = ApiResponse.json(status, Json.object().put("status", status).put("error", code)
                .put("message", getMessage()));
        ApiResponse asked = status == 401 ? answer.withHeader("WWW-Authenticate", "Bearer") : answer;
        return retryAfterSeconds.map(seconds -> answer.withHeader("Retry-After", Integer.toString(seconds))).orElse(asked);
    }
}
