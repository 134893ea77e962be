package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response of the query API. */
record ApiResponse(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    static ApiResponse json(JsonNode tree) {
        return json(200, tree);
    }

    static ApiResponse json(int status, JsonNode tree) {
        return new ApiResponse(status, JSON, Json.bytes(tree), Map.of());
    }

    static ApiResponse text(String contentType, String text) {
        return new ApiResponse(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    ApiResponse withHeader(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, contentType, body, more);
    }
}
