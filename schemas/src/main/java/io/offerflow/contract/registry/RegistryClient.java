package io.offerflow.contract.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.offerflow.contract.registry.UnknownSchemaException.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * A client for the REST API of Confluent's schema registry, which Apicurio, Karapace and Redpanda offer as well.
 *
 * <p>The schema of an id and the id of a registered schema never change and are cached. Safe for use by
 * several threads. Schemas that refer to other subjects are not resolved.
 */
public final class RegistryClient implements SchemaRegistry, AutoCloseable {

    private static final int FIRST_ID = 1;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int CONFLICT = 409;
    private static final String AVRO = "AVRO";

    private record Registration(String subject, String schema) {
    }

    private final RegistryHttp http;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();

    public RegistryClient(RegistryOptions options) {
        this.http = new RegistryHttp(options);
    }

    @Override
    public int register(String subject, Schema schema) {
        Registration wanted = new Registration(subject, schema.toString());
        Integer known = ids.get(wanted);
        if (known != null) {
            return known;
        }
        RegistryResponse answer = http.ask("POST", versionsOf(subject), Optional.of(body("schema", wanted.schema())));
        if (answer.status() == CONFLICT) {
            throw new IncompatibleSchemaException("the schema registry refuses %s under subject %s: %s"
                    .formatted(schema.getFullName(), subject, answer.message()));
        }
        int id = id(answer);
        ids.put(wanted, id);
        return id;
    }

    @Override
    public Schema schemaById(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        if (id < FIRST_ID) { // registries differ in their answers
            throw new UnknownSchemaException(Fault.NO_SUCH_ID,
                    "no schema registry has a schema with id %d".formatted(id));
        }
        RegistryResponse answer = http.ask("GET", "/schemas/ids/" + id, Optional.empty());
        if (answer.isNotFound(SCHEMA_NOT_FOUND)) {
            throw new UnknownSchemaException(Fault.NO_SUCH_ID,
                    "the schema registry has no schema with id %d".formatted(id));
        }
        JsonNode found = answer.json("a field schema with text", node -> node.path("schema").isTextual());
        Schema schema = parse(id, found);
        schemas.put(id, schema);
        return schema;
    }

    /** What is not an Avro schema now will not become one, so this is not a failure that is tried again. */
    private static Schema parse(int id, JsonNode found) {
        String type = found.path("schemaType").asText(AVRO);
        if (!type.equals(AVRO)) {
            throw new UnknownSchemaException(Fault.NOT_AVRO,
                    "schema %d is of type %s, expected Avro".formatted(id, type));
        }
        try {
            // only the structure of a schema of a producer matters here
            return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false)
                    .parse(found.get("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new UnknownSchemaException(Fault.NOT_SELF_CONTAINED,
                    "schema %d cannot be read as Avro by itself: %s".formatted(id, e.getMessage()), e);
        }
    }

    @Override
    public List<Integer> idsOf(String subject) {
        RegistryResponse answer = http.ask("GET", versionsOf(subject), Optional.empty());
        if (answer.isNotFound(SUBJECT_NOT_FOUND)) {
            return List.of();
        }
        List<Integer> found = new ArrayList<>();
        for (JsonNode version : answer.json("a list of versions", JsonNode::isArray)) {
            RegistryResponse row = http.ask("GET", versionsOf(subject) + "/" + version.asText(), Optional.empty());
            boolean deletedMeanwhile = row.isNotFound(VERSION_NOT_FOUND) || row.isNotFound(SUBJECT_NOT_FOUND);
            if (!deletedMeanwhile) {
                found.add(id(row));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void setCompatibility(String subject, String level) {
        http.ask("PUT", "/config/" + encoded(subject), Optional.of(body("compatibility", level)))
                .json("a JSON object", JsonNode::isObject);
    }

    private static int id(RegistryResponse answer) {
        return answer.json("a field id with a number", node -> node.path("id").isInt()).get("id").asInt();
    }

    private static String versionsOf(String subject) {
        return "/subjects/" + encoded(subject) + "/versions";
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String body(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value).toString();
    }

    /** Ends open connections. */
    @Override
    public void close() {
        http.close();
    }
}
