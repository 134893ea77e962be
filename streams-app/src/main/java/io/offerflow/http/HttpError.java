package io.offerflow.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** A request that is answered with a problem (RFC 9457); the message is for the client. */
public final class HttpError extends RuntimeException {

    /** Media type of problems. */
    public static final String PROBLEM = "application/problem+json";

    private final int status;
    private final String reason;
    private final transient Optional<Integer> retryAfterSeconds;
    private final transient ObjectNode extensions = Json.object();

    private HttpError(int status, String reason, String message, Optional<Integer> retryAfterSeconds) {
        super(message, null, false, false); // a stack trace of each refusal would tell nothing
        this.status = status;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * A problem.
     *
     * @param reason in capitals, for programs
     * @param detail what happened and what to do, as a sentence
     */
    public static HttpError of(int status, String reason, String detail, Object... values) {
        return new HttpError(status, reason, values.length == 0 ? detail : detail.formatted(values), Optional.empty());
    }

    public static HttpError badRequest(String detail, Object... values) {
        return of(400, "BAD_REQUEST", detail, values);
    }

    public static HttpError notFound(String reason, String detail, Object... values) {
        return of(404, reason, detail, values);
    }

    public static HttpError unauthorized(String detail) {
        return of(401, "UNAUTHORIZED", "%s", detail);
    }

    public static HttpError forbidden(String detail) {
        return of(403, "FORBIDDEN", "%s", detail);
    }

    public static HttpError tooLarge(int most) {
        return of(413, "TOO_LARGE", "Expected a body of at most %d bytes, but it is larger.", most);
    }

    static HttpError timeout() {
        return of(408, "REQUEST_TIMEOUT", "Expected the whole body of the request, but it came too slowly or in part.");
    }

    static HttpError methodNotAllowed(String method, List<String> allowed) {
        return of(405, "METHOD_NOT_ALLOWED", "Expected %s, but the method is %s.", String.join(" or ", allowed),
                method);
    }

    /** The request can be answered later; the client may retry after so many seconds. */
    public static HttpError unavailable(String reason, int seconds, String detail, Object... values) {
        return later(503, reason, seconds, detail, values);
    }

    /** There are too many requests; the client may retry after so many seconds. */
    public static HttpError tooMany(int seconds, String detail, Object... values) {
        return later(429, "TOO_MANY_REQUESTS", seconds, detail, values);
    }

    private static HttpError later(int status, String reason, int seconds, String detail, Object... values) {
        return new HttpError(status, reason, detail.formatted(values) + " Ask again in %d s.".formatted(seconds),
                Optional.of(seconds));
    }

    static HttpError internalError() {
        return of(500, "INTERNAL_ERROR",
                "A fault in this release kept the request from being answered; the log says more.");
    }

    /** A problem that the HTTP server found before a request could be read. */
    static HttpError protocol(int status, String detail) {
        return of(status, title(status).toUpperCase(Locale.ROOT).replace(' ', '_'), "%s",
                detail);
    }

    /** The words of the status line, which the server takes from the same table. */
    private static String title(int status) {
        return HttpStatus.getMessage(status);
    }

    /** Adds members to the problem. */
    public HttpError with(ObjectNode members) {
        extensions.setAll(members);
        return this;
    }

    public int status() {
        return status;
    }

    /** The problem as a response. */
    public ApiResponse response() {
        ObjectNode problem = Json.object().put("type", "about:blank")
                .put("title", title(status)).put("status", status).put("reason", reason)
                .put("detail", getMessage());
        ApiResponse response = ApiResponse.bytes(status, PROBLEM, Json.bytes(problem.setAll(extensions)));
        ApiResponse challenged = status == 401 ? response.withHeader("WWW-Authenticate", "Bearer") : response;
        return retryAfterSeconds.map(seconds -> response.withHeader("Retry-After", Integer.toString(seconds)))
                .orElse(challenged);
    }
}
