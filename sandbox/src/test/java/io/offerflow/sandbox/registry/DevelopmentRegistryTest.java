package io.offerflow.sandbox.registry;

import static io.offerflow.sandbox.registry.RegistryFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.IncompatibleSchemaException;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.sandbox.registry.RegistryFixture.Answer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentRegistryTest {

    private static final String NAME = record("name");
    private static final String NAME_AND_NOTE = record("name", "note?");
    private static final String NAME_AND_PRICE = record("name", "price");

    @TempDir
    Path directory;

    private RegistryFixture registry;

    @BeforeEach
    void start() {
        registry = new RegistryFixture(directory.resolve("registry.jsonl"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void ourClientRegistersEverySchemaOfTheCatalogueAndReadsItBack() {
        try (RegistryClient writer = client(); RegistryClient reader = client()) {
            Set<Integer> ids = new HashSet<>();
            for (Topic topic : Topic.values()) {
                writer.setCompatibility(topic.subject(), topic.compatibility());
                int id = writer.register(topic.subject(), topic.schema());
                assertThat(reader.schemaById(id)).isEqualTo(topic.schema());
                assertThat(reader.idsOf(topic.subject())).containsExactly(id);
                assertThat(registry.get("/config/" + topic.subject()).said())
                        .isEqualTo("{'compatibilityLevel':'%s'}".formatted(topic.compatibility()));
                ids.add(id);
            }
            assertThat(ids).hasSize(Topic.values().length);
        }
    }

    @Test
    void ourClientIsToldWhatIsUnknownAndWhatIsIncompatible() {
        try (RegistryClient client = client()) {
            assertThatThrownBy(() -> client.schemaById(99)).isInstanceOf(UnknownSchemaException.class);
            assertThat(client.idsOf("nobody")).isEmpty();
            client.register("offers-value", avro(NAME));
            assertThatThrownBy(() -> client.register("offers-value", avro(NAME_AND_PRICE)))
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE").hasMessageContaining("price");
        }
    }

    @Test
    void anUnknownSchemaIdIsAnsweredWith40403() {
        Answer answer = registry.get("/schemas/ids/99");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(answer.said()).isEqualTo("{'error_code':40403,'message':'Schema 99 not found'}");
    }

    @Test
    void theSameContentHasTheSameIdInEverySubject() {
        register("a", NAME, 1);
        register("b", NAME_AND_NOTE, 2);
        register("b", "  " + NAME_AND_NOTE.replace(",", " ,\n ") + " ", 2);
        register("c", NAME, 1);

        assertThat(registry.get("/schemas/ids/1/subjects").said()).isEqualTo("['a','c']");
        assertThat(registry.get("/schemas/ids/1/versions").said())
                .isEqualTo("[{'subject':'a','version':1},{'subject':'c','version':1}]");
    }

    @Test
    void versionsOfASubjectAreNumberedFromOne() {
        register("offers", NAME, 1);
        register("offers", NAME_AND_NOTE, 2);
        register("offers", NAME, 1);

        assertThat(registry.get("/subjects").said()).isEqualTo("['offers']");
        assertThat(registry.get("/subjects/offers/versions").said()).isEqualTo("[1,2]");
        JsonNode latest = registry.get("/subjects/offers/versions/latest").json();
        assertThat(latest).isEqualTo(registry.get("/subjects/offers/versions/2").json())
                .isEqualTo(registry.get("/subjects/offers/versions/-1").json());
        assertThat(latest.get("subject").asText()).isEqualTo("offers");
        assertThat(latest.get("version").asInt()).isEqualTo(2);
        assertThat(latest.get("id").asInt()).isEqualTo(2);
        assertThat(avro(latest.get("schema").asText())).isEqualTo(avro(NAME_AND_NOTE));
        assertThat(avro(registry.get("/subjects/offers/versions/1/schema").body())).isEqualTo(avro(NAME));
        assertThat(avro(registry.get("/schemas/ids/2/schema").body())).isEqualTo(avro(NAME_AND_NOTE));
    }

    @Test
    void aSchemaIsLookedUpByItsContent() {
        register("offers", NAME, 1);
        register("offers", NAME_AND_NOTE, 2);

        JsonNode found = registry.post("/subjects/offers", NAME).json();
        assertThat(found.get("id").asInt()).isEqualTo(1);
        assertThat(found.get("version").asInt()).isEqualTo(1);
        assertThat(registry.post("/subjects/offers", NAME_AND_PRICE).error()).isEqualTo("404/40403");
        assertThat(registry.post("/subjects/nobody", NAME).error()).isEqualTo("404/40401");
    }

    @Test
    void aSubjectMayHaveASlashAndASpaceInItsName() {
        register("a%2Fb%20c+d", NAME, 1);

        assertThat(registry.get("/subjects").said()).isEqualTo("['a/b c+d']");
        assertThat(registry.get("/subjects?subjectPrefix=a%2Fb").said()).isEqualTo("['a/b c+d']");
        assertThat(registry.get("/subjects?subjectPrefix=b").said()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /subjects/nobody/versions, 404/40401", "GET, /subjects/nobody/versions/1, 404/40401",
        "GET, /subjects/offers/versions/7, 404/40402", "GET, /subjects/offers/versions/first, 422/42202",
        "GET, /subjects/offers/versions/0, 422/42202", "DELETE, /subjects/nobody, 404/40401",
        "DELETE, /subjects/offers/versions/7, 404/40402", "GET, /config/offers, 404/40408",
        "DELETE, /config/offers, 404/40408", "GET, /mode/offers, 404/40409", "GET, /schemas/ids/x, 404/404",
        "GET, /associations/resources/offers, 404/404", "GET, /no/such/path, 404/404",
        "GET, /subjects/offers/versions/1/other, 404/404", "GET, /config/a/b, 404/404",
        "GET, /compatibility, 404/404", "PUT, /mode, 405/405", "POST, /subjects, 405/405",
        "GET, /compatibility/subjects/offers/versions/1, 405/405"})
    void whatCannotBeAnsweredSaysWhyInJson(String method, String path, String error) {
        register("offers", NAME, 1);

        Answer answer = registry.ask(method, path, "");
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().path("message").asText()).isNotBlank();
        assertThat(answer.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'record'}", "{'type':'nothing'}", "not a schema", "",
        "{'type':'record','name':'R','fields':[{'name':'f','type':'int','default':'x'}]}"})
    void whatIsNoAvroSchemaIsRefusedWith42201(String schema) {
        assertThat(registry.post("/subjects/offers/versions", schema).error()).isEqualTo("422/42201");
        assertThat(registry.get("/subjects").said()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'schemaType':'PROTOBUF','schema':'x'} | 422/42201 | PROTOBUF",
        "{'schema':'\"int\"','references':[{'name':'b.Plan','subject':'plans','version':1}]} | 422/42201 | references",
        "{'schema':{'type':'string'}} | 422/42201 | text", "{} | 422/42201 | schema", "[] | 400/400 | object",
        "{'schema' | 400/400 | JSON"})
    void aRequestThatIsNotUnderstoodIsRefusedWithAReason(String body, String error, String mentioned) {
        String json = body.replace("'\"int\"'", "'\\\"int\\\"'").replace('\'', '"');

        Answer answer = registry.ask("POST", "/subjects/offers/versions", json);

        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.json().get("message").asText()).contains(mentioned);
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedWith413() {
        String tooLarge = " ".repeat(DevelopmentRegistry.LARGEST_REQUEST + 1);

        assertThat(registry.ask("POST", "/subjects/offers/versions", tooLarge).error()).isEqualTo("413/413");
        register("offers", NAME, 1);
    }

    @Test
    void whatTheClientsAskFirstIsAnswered() {
        assertThat(registry.get("/").said()).isEqualTo("{}");
        assertThat(registry.get("/schemas/types").said()).isEqualTo("['AVRO']");
        assertThat(registry.get("/mode").said()).isEqualTo("{'mode':'READWRITE'}");
        assertThat(registry.get("/mode/offers?defaultToGlobal=true").said()).isEqualTo("{'mode':'READWRITE'}");
        assertThat(registry.ask("HEAD", "/subjects", "").status()).isEqualTo(405);
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdsStillLeadToTheirSchemas() {
        register("offers", NAME, 1);
        register("offers", NAME_AND_NOTE, 2);
        registry.put("/config/offers", "{'compatibility':'FULL'}");

        assertThat(registry.delete("/subjects/offers?permanent=true").error()).isEqualTo("404/40405");
        assertThat(registry.delete("/subjects/offers").said()).isEqualTo("[1,2]");
        assertThat(registry.get("/subjects").said()).isEqualTo("[]");
        assertThat(registry.get("/subjects?deleted=true").said()).isEqualTo("['offers']");
        assertThat(registry.get("/subjects/offers/versions").error()).isEqualTo("404/40401");
        assertThat(registry.get("/config/offers").error()).isEqualTo("404/40408");
        assertThat(registry.get("/schemas/ids/2").status()).isEqualTo(200);
        assertThat(registry.get("/schemas/ids/2/subjects").said()).isEqualTo("[]");
        assertThat(registry.delete("/subjects/offers").error()).isEqualTo("404/40404");
    }

    @Test
    void theIdsOfAPermanentlyDeletedSubjectAreNeverReused() {
        register("offers", NAME, 1);
        registry.delete("/subjects/offers");
        assertThat(registry.delete("/subjects/offers?permanent=true").said()).isEqualTo("[1]");

        assertThat(registry.get("/schemas/ids/1").error()).isEqualTo("404/40403");
        assertThat(registry.get("/subjects?deleted=true").said()).isEqualTo("[]");
        register("offers", NAME_AND_PRICE, 2);
        register("others", NAME, 1);
    }

    @Test
    void aDeletedVersionIsNotComparedAndItsNumberIsNotReused() {
        register("offers", NAME, 1);
        register("offers", NAME_AND_NOTE, 2);

        assertThat(registry.delete("/subjects/offers/versions/2?permanent=true").error()).isEqualTo("404/40407");
        assertThat(registry.delete("/subjects/offers/versions/latest").said()).isEqualTo("2");
        assertThat(registry.delete("/subjects/offers/versions/2").error()).isEqualTo("404/40406");
        assertThat(registry.get("/subjects/offers/versions").said()).isEqualTo("[1]");
        assertThat(registry.get("/subjects/offers/versions?deleted=true").said()).isEqualTo("[1,2]");
        assertThat(registry.get("/subjects/offers/versions/2").error()).isEqualTo("404/40402");
        register("offers", NAME_AND_NOTE, 2);
        assertThat(registry.get("/subjects/offers/versions").said()).isEqualTo("[1,3]");
        assertThat(registry.delete("/subjects/offers/versions/2?permanent=true").said()).isEqualTo("2");
        assertThat(registry.get("/subjects/offers/versions?deleted=true").said()).isEqualTo("[1,3]");
    }

    private void register(String subject, String schema, int expectedId) {
        assertThat(registry.post("/subjects/" + subject + "/versions", schema).said())
                .isEqualTo("{'id':%d}".formatted(expectedId));
    }

    private RegistryClient client() {
        return new RegistryClient(RegistryOptions.at(registry.url()));
    }

    private static Schema avro(String text) {
        return new Schema.Parser().parse(text.replace('\'', '"'));
    }
}
