package io.offerflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.ReleasedSchemas.Released;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonSamples;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released can be read for ever, and consumers of then can read what is written now. */
class ReleasedSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAMPLES = 12;

    /** {@code -Drelease.write=0.2} keeps the schemas and samples of a release; never for one that is out. */
    @BeforeAll
    static void keep() throws IOException {
        String release = System.getProperty("release.write", "");
        if (!release.isEmpty()) {
            Path directory = Files.createDirectories(ReleasedSchemas.DIRECTORY.resolve(release));
            for (Topic topic : Topic.values()) {
                Files.writeString(directory.resolve(topic.topicName() + ".avsc"),
                        SchemaFormatter.format("json/pretty", topic.schema()) + "\n");
                Files.write(directory.resolve(topic.topicName() + ".samples.jsonl"),
                        JsonSamples.of(topic.schema(), SAMPLES));
            }
        }
    }

    static Stream<Released> released() {
        return ReleasedSchemas.all().stream();
    }

    @Test
    void somethingWasReleased() {
        assertThat(released()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("released")
    void theSchemaOfTodayGoesWithEachReleasedOne(Released released) {
        assertThat(ReleasedSchemas.objections(released, released.topic().schema())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("released")
    void bytesOfEachReleaseAreReadAsWhatTheySaidThen(Released released) throws IOException {
        InMemoryRegistry registry = new InMemoryRegistry();
        int id = registry.register(released.topic().subject(), released.schema());
        AvroDecoder decoder = new AvroDecoder(registry);
        for (String line : Files.readAllLines(released.sample())) {
            JsonNode sample = JSON.readTree(line);
            byte[] body = Base64.getDecoder().decode(sample.path("bytes").asText());
            byte[] bytes = ByteBuffer.allocate(1 + Integer.BYTES + body.length).put((byte) 0).putInt(id).put(body)
                    .array();
            JsonNode now = AvroJson.write(decoder.decode(released.topic(), bytes));
            assertThat(lost(sample.path("says"), now, "")).as("%s", released).isEmpty();
        }
    }

    @Test
    void aChangeThatBreaksAReaderIsRefusedWithWhatToDo() throws JsonProcessingException {
        Released released = released().filter(one -> one.topic() == Topic.OFFER_STATUS).findFirst().orElseThrow();

        Schema lacking = changed(released.schema(), fields -> fields.remove("alias"));
        Schema demanding = changed(released.schema(), fields -> fields.add("shelf"));

        assertThat(ReleasedSchemas.objections(released, lacking)).singleElement().asString()
                .contains("offer-status", "release " + released.release(), "alias", "docs/handbook.md");
        assertThat(ReleasedSchemas.objections(released, demanding)).singleElement().asString()
                .contains("can no longer read what release", "shelf", "Give a new field a default");
    }

    private static Schema changed(Schema schema, Consumer<List<String>> how)
            throws JsonProcessingException {
        ObjectNode tree = (ObjectNode) JSON.readTree(schema.toString());
        List<String> names = new ArrayList<>();
        tree.path("fields").forEach(field -> names.add(field.path("name").asText()));
        List<String> wanted = new ArrayList<>(names);
        how.accept(wanted);
        var fields = JSON.createArrayNode();
        tree.path("fields").forEach(field -> {
            if (wanted.contains(field.path("name").asText())) {
                fields.add(field);
            }
        });
        wanted.stream().filter(name -> !names.contains(name)).forEach(name ->
                fields.addObject().put("name", name).put("type", "string"));
        tree.set("fields", fields);
        return new SchemaParser().parse(tree.toString()).mainSchema();
    }

    /** Paths of what was said then and is not said now; what came later does not matter. */
    private static List<String> lost(JsonNode then, JsonNode now, String path) {
        List<String> lost = new ArrayList<>();
        if (then.isObject()) {
            then.properties().forEach(field ->
                    lost.addAll(lost(field.getValue(), now.path(field.getKey()), path + "." + field.getKey())));
        } else if (then.isArray() && then.size() == now.size()) {
            for (int i = 0; i < then.size(); i++) {
                lost.addAll(lost(then.get(i), now.get(i), "%s[%d]".formatted(path, i)));
            }
        } else if (!then.equals(now)) {
            lost.add("%s was %s and is %s".formatted(path, then, now));
        }
        return lost;
    }
}
