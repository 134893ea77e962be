package io.offerflow.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response of an HTTP API. */
public record ApiResponse(int status, String contentType, ApiBody body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    /** The body of a response. */
    public sealed interface ApiBody {
        /** A body that is known. */
        record Whole(byte[] bytes) implements ApiBody {
        }

        /** A body that is written while it comes into being. */
        record Streamed(BodyWriter writer) implements ApiBody {
        }
    }

    /** Writes a body until it ends or the client has left. */
    @FunctionalInterface
    public interface BodyWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A response with status 200. */
    public static ApiResponse json(JsonNode tree) {
        return json(200, tree);
    }

    public static ApiResponse json(int status, JsonNode tree) {
        return bytes(status, JSON, Json.bytes(tree));
    }

    /** A response with status 200. */
    public static ApiResponse text(String contentType, String text) {
        return bytes(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ApiResponse bytes(int status, String contentType, byte[] body) {
        return new ApiResponse(status, contentType, new ApiBody.Whole(body), Map.of());
    }

    public static ApiResponse stream(int status, String contentType, BodyWriter writer) {
        return new ApiResponse(status, contentType, new ApiBody.Streamed(writer), Map.of());
    }

    /** The same response with this header. */
    public ApiResponse withHeader(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, contentType, body, more);
    }

    /** The text of a body that is known. */
    public String text() {
        return switch (body) {
            case ApiBody.Whole whole -> new String(whole.bytes(), StandardCharsets.UTF_8);
            case ApiBody.Streamed streamed -> throw new IllegalStateException("a streamed body is written, not kept");
        };
    }
}
