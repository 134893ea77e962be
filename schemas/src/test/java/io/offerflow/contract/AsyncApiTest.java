package io.offerflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract for outsiders is made from the catalogue; {@code -Dgolden.update=true} updates it. */
class AsyncApiTest {

    private static final Path FILE = Path.of("..", "docs", "asyncapi.yaml");

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, AsyncApiDocument.text());
        }
    }

    @Test
    void theDocumentIsWhatCatalogueAndSchemasSay() throws IOException {
        assertThat(FILE).as("docs/asyncapi.yaml is missing; run this test once with -Dgolden.update=true").exists();
        assertThat(Files.readString(FILE).equals(AsyncApiDocument.text()))
                .as("docs/asyncapi.yaml differs from catalogue and schemas; update it with -Dgolden.update=true")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aReaderOfTheDocumentGetsTheVerySchema(Topic topic) throws IOException {
        JsonNode schema = document().at("/components/schemas/%s/schema".formatted(topic.schema().getName()));
        assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(topic.schema());
    }

    @Test
    void everyTopicIsAChannelWithOneOperation() throws IOException {
        assertThat(document().get("channels").fieldNames()).toIterable()
                .containsExactlyElementsOf(Arrays.stream(Topic.values()).map(Topic::topicName).toList());
        assertThat(document().get("operations")).hasSize(Topic.values().length);
    }

    private static JsonNode document() throws IOException {
        return AsyncApiDocument.YAML.readTree(FILE.toFile());
    }
}
