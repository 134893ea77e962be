package io.offerflow.contract.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/** An answer of a registry, with its request. */
record RegistryResponse(String method, URI url, int status, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 120;

    boolean isOk() {
        return status == 200;
    }

    /** Whether the registry, not a proxy in front of it, answers 404 with this code. */
    boolean isNotFound(int code) {
        return status == 404 && errorField("error_code").filter(JsonNode::isInt)
                .filter(node -> node.asInt() == code).isPresent();
    }

    /** The error message of the registry, or the beginning of another body. */
    String message() {
        return errorField("message").filter(JsonNode::isTextual).map(JsonNode::asText).orElse(shortened(body));
    }

    private Optional<JsonNode> errorField(String name) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).map(node -> node.get(name));
        } catch (JsonProcessingException notFromTheRegistry) {
            return Optional.empty();
        }
    }

    /**
     * The JSON of the answer.
     *
     * @throws RegistryUnavailableException if the answer is an error, or not of the expected shape
     */
    JsonNode json(String expected, Predicate<JsonNode> shape) {
        if (!isOk()) {
            throw unusable("status %d: %s".formatted(status, message()));
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (shape.test(node)) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw unusable("not JSON: " + shortened(body));
        }
        throw unusable("expected %s, but got: %s".formatted(expected, shortened(body)));
    }

    RegistryUnavailableException unusable(String met) {
        String advice = status == 401 || status == 403 ? "; check user and password"
                : status >= 300 && status < 400 ? "; name the address it points to" : "";
        return new RegistryUnavailableException("the answer of the schema registry to %s %s cannot be used: %s%s"
                .formatted(method, url, met, advice));
    }

    static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "an empty body" : line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
