package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * One request to the registry.
 *
 * @param path the decoded segments of the path; a subject may contain a slash
 * @param query the decoded query parameters
 */
record RegistryRequest(String method, List<String> path, Map<String, String> query, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryRequest of(String method, URI uri, byte[] body) {
        List<String> path = Arrays.stream(uri.getRawPath().split("/")).filter(segment -> !segment.isEmpty())
                .map(RegistryRequest::decode).toList();
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new RegistryRequest(method, path, query, body);
    }

    private static String decode(String text) {
        // a plus is a plus in a path, and no parameter has a space
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean hasFlag(String parameter) {
        return query.getOrDefault(parameter, "false").equalsIgnoreCase("true");
    }

    /** The Avro schema in the body. */
    Schema schema() {
        JsonNode request = json();
        String type = request.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.invalidSchema("schema type %s is not supported, only AVRO".formatted(type));
        }
        if (!request.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("references to other subjects are not supported; "
                    + "put the referenced types into the schema");
        }
        String text = request.path("schema").isTextual() ? request.get("schema").asText() : "";
        if (text.isBlank()) {
            throw RegistryError.invalidSchema("the request has no field schema with the schema's text in it");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    /** The compatibility level in the body. */
    CompatibilityLevel level() {
        return CompatibilityLevel.named(json().path("compatibility").asText(""));
    }

    private JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
            throw RegistryError.plain(400, "The body of the request is not a JSON object");
        } catch (JsonProcessingException e) {
            throw RegistryError.plain(400, "The body of the request is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw RegistryError.plain(400, "The body of the request cannot be read: " + e.getMessage());
        }
    }
}
