package io.offerflow.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.offerflow.contract.Topic;
import io.offerflow.gateway.Client;
import io.offerflow.gateway.Client.Reply;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.Marketplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The document of the API is made from the contract, and a running gateway answers as it says. */
@ExtendWith(Marketplace.class)
class GatewayApiTest {

    private static final Path YAML = Path.of("..", "docs", "gateway-openapi.yaml");
    private static final Path JSON = Path.of("src", "main", "resources", "gateway", "gateway-openapi.json");
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String CREATE = "{\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}";
    private static Gateway gateway;
    private static ObjectNode document;
    private final List<String> faults = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        document = GatewayApiDocument.tree();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(YAML, GatewayApiDocument.yaml());
            Files.createDirectories(JSON.getParent());
            Files.writeString(JSON, document + "\n");
        }
        gateway = Marketplace.gateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theDocumentIsMadeFromTheContract() throws IOException {
        String advice = "docs/gateway-openapi.yaml differs from the contract; update it with -Dgolden.update=true";
        assertThat(Files.readString(YAML).equals(GatewayApiDocument.yaml())).as(advice).isTrue();
        assertThat(Files.readString(JSON).equals(document + "\n")).as(advice).isTrue();
        long commands = Topic.inputs().stream().mapToLong(topic ->
                topic.schema().getField("payload").schema().getTypes().size()).sum();
        assertThat(document.get("paths").fieldNames()).toIterable().filteredOn(path -> path.contains("/commands/"))
                .hasSize((int) commands);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> dangling = document.findValuesAsText("$ref").stream().distinct()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode()).toList();
        assertThat(dangling).isEmpty();
    }

    @Test
    void everyCommandAnswersAsTheDocumentSays() {
        Client client = new Client(gateway);
        String offer = "contoso/" + UUID.randomUUID().toString().substring(0, 8);
        document.get("paths").properties().forEach(path -> {
            if (!path.getKey().contains("/commands/")) {
                return;
            }
            JsonNode responses = path.getValue().at("/post/responses");
            String command = path.getKey().substring(path.getKey().lastIndexOf('/') + 1);
            String body = example(path.getValue().at("/post/requestBody/content/application~1json/schema")).toString();
            check(command, responses, client.command(offer, command, body));
            check(command + " without waiting", responses, client.post(offer, command, body));
            check(command + " with a wrong field", responses, client.command(offer, command, "{\"x\": 1}"));
            Reply again = client.command(offer, command, body, "Idempotency-Key", command);
            check(command + " for the status", document.at("/paths/~1offers~1{publisher}~1{offer}~1outcomes~1{outcome}"
                    + "/get/responses"), client.get(again.text("location")));
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyReadAnswersAsTheDocumentSays() {
        Client client = new Client(gateway);
        String offer = "contoso/" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(client.command(offer, "CreateOffer", CREATE).status()).isEqualTo(201);
        client.send("PUT", "/publishers/contoso/recipients", "{\"addresses\": [\"ann@contoso.example\"]}");
        client.send("PUT", "/subscriptions/search", """
                {"url": "https://search.example/hook", "topics": ["storefront"], "secret": "env:SEARCH"}""");
        document.get("paths").properties().forEach(path -> {
            JsonNode responses = path.getValue().at("/get/responses");
            if (responses.isMissingNode() || path.getKey().equals("/events") || path.getKey().contains("outcome")) {
                return; // the first never ends
            }
            for (String one : List.of(offer, "contoso/never-there")) {
                check(path.getKey(), responses, client.get(path.getKey().replace("{publisher}/{offer}", one)
                        .replace("{publisher}", "contoso").replace("{subscription}", "search")
                        .replace("{plan}", "basic").replace("{input}", "0-0")
                        .replace("{report}", "none").replace("{customer}", "0b1c2d3e-0000-4000-8000-00000000000f")));
            }
        });
        assertThat(faults).isEmpty();
    }

    /** The least body that the schema allows: the required fields. */
    private static JsonNode example(JsonNode reference) {
        JsonNode schema = resolve(reference);
        if (schema.has("oneOf")) {
            return example(schema.get("oneOf").get(0));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                schema.path("required").forEach(name ->
                        node.set(name.asText(), example(schema.at("/properties/" + name.asText()))));
                yield node;
            }
            case "string" -> JsonNodeFactory.instance.textNode("basic");
            case "integer", "number" -> JsonNodeFactory.instance.numberNode(1);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            case "array" -> JsonNodeFactory.instance.arrayNode();
            default -> throw new IllegalStateException("no example of " + schema);
        };
    }

    private void check(String what, JsonNode responses, Reply reply) {
        JsonNode response = resolve(responses.path(Integer.toString(reply.status())));
        String type = reply.header("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            faults.add("%s answers %d with %s, which the document does not know".formatted(what, reply.status(), type));
        } else if (type.endsWith("json")) {
            ObjectNode schema = content.get("schema").deepCopy();
            schema.set("components", document.get("components"));
            Schema compiled = SCHEMAS.getSchema(schema);
            compiled.validate(reply.body()).forEach(error -> faults.add(what + " " + reply.status() + ": " + error));
        }
        response.path("headers").fieldNames().forEachRemaining(name -> {
            if (reply.header(name).isEmpty() && !name.equals("Preference-Applied")) {
                faults.add("%s answers %d without %s".formatted(what, reply.status(), name));
            }
        });
    }

    private static JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : resolve(document.at(reference.substring(1)));
    }
}
