package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.query.ClusterFixture.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Compares the answers of a running server with docs/openapi.yaml: statuses, types, names, closed lists. */
final class OpenApiCheck {

    private final JsonNode document;
    private final ClusterFixture cluster;
    private final int port;
    private final List<String> faults = new ArrayList<>();

    OpenApiCheck(ClusterFixture cluster, int port) {
        this.cluster = cluster;
        this.port = port;
        try {
            this.document = new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where document and server differ, for every path and each of these offers, and in the document's examples. */
    List<String> faults(OfferKey... offers) {
        document.path("paths").properties().forEach(path -> {
            JsonNode responses = path.getValue().at("/get/responses");
            responses.properties().forEach(response -> example(path.getKey(), resolve(response.getValue())));
            if (path.getKey().equals("/events")) {
                return; // never ends; followed by a test of its own
            }
            for (OfferKey offer : offers) {
                ask(path.getKey(), responses, offer);
            }
            ask(path.getKey(), responses, new OfferKey("contoso", "never-heard-of"));
        });
        return faults;
    }

    private void ask(String path, JsonNode responses, OfferKey offer) {
        String address = path.replace("{publisher}", offer.publisherId()).replace("{offer}", offer.offerId())
                .replace("{plan}", "basic").replace("{customer}", "0b1c2d3e-0000-4000-8000-00000000000f");
        Reply reply = cluster.ask(port, "GET", address);
        JsonNode response = resolve(responses.path(Integer.toString(reply.status())));
        if (response.isMissingNode()) {
            faults.add("%s answers %d, which the document does not know".formatted(address, reply.status()));
            return;
        }
        String type = reply.raw().headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            faults.add("%s answers with %s, which the document does not know".formatted(address, type));
        } else if (type.endsWith("json")) {
            check(address, content.path("schema"), reply.body());
        }
    }

    private void example(String path, JsonNode response) {
        response.path("content").properties().forEach(content ->
                Optional.of(content.getValue().path("example")).filter(example -> !example.isMissingNode())
                        .ifPresent(example -> check("example of " + path, content.getValue().path("schema"), example)));
    }

    private void check(String where, JsonNode reference, JsonNode value) {
        JsonNode schema = resolve(reference);
        if (schema.has("oneOf")) {
            boolean fits = StreamSupport.stream(schema.path("oneOf").spliterator(), false)
                    .anyMatch(branch -> fits(branch, value));
            if (!fits) {
                faults.add("%s fits none of %s".formatted(where, schema));
            }
            return;
        }
        if (!hasType(schema.path("type"), value)) {
            faults.add("%s is %s, not %s".formatted(where, value.getNodeType(), schema.path("type")));
            return;
        }
        if (schema.has("enum") && StreamSupport.stream(schema.path("enum").spliterator(), false)
                .noneMatch(value::equals)) {
            faults.add("%s is %s, not of %s".formatted(where, value, schema.path("enum")));
        }
        if (value.isObject()) {
            object(where, schema, value);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check("%s[%d]".formatted(where, i), schema.path("items"), value.get(i));
        }
    }

    private void object(String where, JsonNode schema, JsonNode value) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                faults.add("%s lacks %s".formatted(where, name.asText()));
            }
        });
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (!known.isMissingNode() || !others.isMissingNode()) {
                check(where + "." + field.getKey(), known.isMissingNode() ? others : known, field.getValue());
            } else if (schema.has("properties")) {
                faults.add("%s has %s, which the document does not know".formatted(where, field.getKey()));
            }
        });
    }

    private boolean fits(JsonNode branch, JsonNode value) {
        int before = faults.size();
        check("", branch, value);
        boolean fine = faults.size() == before;
        faults.subList(before, faults.size()).clear();
        return fine;
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isMissingNode()) {
            return true;
        }
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false).anyMatch(one -> hasType(one, value));
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
    }
}
