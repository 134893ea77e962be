package io.offerflow.contract.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private static final Schema OFFER = SchemaBuilder.record("a.Offer").fields().requiredString("name").endRecord();
    private static final String OFFER_ROW = """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Offer\\",\\"namespace\\":\\"a\\",\\"fields\\":\
            [{\\"name\\":\\"name\\",\\"type\\":\\"string\\"}]}"}""";

    private final StubRegistry stub = new StubRegistry();
    private final RegistryClient client = new RegistryClient(RegistryOptions.at(stub.url()));

    @AfterEach
    void close() {
        client.close();
        stub.close();
    }

    @Test
    void aSchemaIsRegisteredUnderItsSubject() {
        stub.answers(200, "{\"id\": 7}");

        assertThat(client.register("offers-value", OFFER)).isEqualTo(7);

        assertThat(stub.lines()).containsExactly("POST /subjects/offers-value/versions");
        assertThat(stub.asked().getFirst().contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(stub.asked().getFirst().body()).isEqualTo(
                "{\"schema\":\"" + OFFER.toString().replace("\"", "\\\"") + "\"}");
    }

    @Test
    void anIdIsAskedForOncePerSubjectAndSchema() {
        stub.answers(200, "{\"id\": 7}").answers(200, "{\"id\": 7}");

        client.register("offers-value", OFFER);
        client.register("offers-value", OFFER);
        assertThat(stub.lines()).hasSize(1);

        client.register("other-value", OFFER);
        assertThat(stub.lines()).hasSize(2);
    }

    @Test
    void aSchemaIsFoundByItsIdAndAskedForOnce() {
        stub.answers(200, OFFER_ROW);

        assertThat(client.schemaById(7)).isEqualTo(OFFER);
        assertThat(client.schemaById(7)).isEqualTo(OFFER);

        assertThat(stub.lines()).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void anUnknownIdIsAskedForAgainNextTime() {
        stub.answers(404, "{\"error_code\": 40403, \"message\": \"Schema 9 not found\"}").answers(200, OFFER_ROW);

        assertThatThrownBy(() -> client.schemaById(9)).isInstanceOf(UnknownSchemaException.class)
                .hasMessage("the schema registry has no schema with id 9");
        assertThat(client.schemaById(9)).isEqualTo(OFFER);
    }

    @Test
    void a404ThatIsNotTheRegistrysOwnSaysNothingAboutTheSchema() {
        stub.answers(404, "<html>no such page</html>")
                .answers(404, "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}");

        assertThatThrownBy(() -> client.schemaById(9)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("GET " + stub.url() + "/schemas/ids/9")
                .hasMessageContaining("status 404: <html>no such page</html>");
        assertThatThrownBy(() -> client.schemaById(9)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("status 404: HTTP 404 Not Found");
    }

    @Test
    void aSchemaOfAnotherTypeIsUnknown() {
        stub.answers(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = proto3;\"}");

        assertThatThrownBy(() -> client.schemaById(3)).isInstanceOf(UnknownSchemaException.class)
                .hasMessage("schema 3 is of type PROTOBUF, expected Avro");
    }

    @Test
    void aSchemaThatRefersToOtherSubjectsIsUnknown() {
        stub.answers(200, "{\"schema\": \"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"b.Plan\\\"}\"}");

        assertThatThrownBy(() -> client.schemaById(3)).isInstanceOf(UnknownSchemaException.class)
                .hasMessageStartingWith("schema 3 cannot be read as Avro by itself").hasMessageContaining("b.Plan");
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithTheRegistrysReason() {
        stub.answers(409, "{\"error_code\": 409, \"message\": \"field price has no default\"}");

        assertThatThrownBy(() -> client.register("offers-value", OFFER))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("the schema registry refuses a.Offer under subject offers-value: "
                        + "field price has no default");
        assertThat(stub.lines()).hasSize(1);
    }

    @Test
    void theIdsOfASubjectAreThoseOfItsVersions() {
        stub.answers(200, "[1, 3]").answers(200, "{\"id\": 11}").answers(200, "{\"id\": 5}");

        assertThat(client.idsOf("offers-value")).containsExactly(11, 5);

        assertThat(stub.lines()).containsExactly("GET /subjects/offers-value/versions",
                "GET /subjects/offers-value/versions/1", "GET /subjects/offers-value/versions/3");
    }

    @Test
    void aSubjectThatIsNotThereHasNoIds() {
        stub.answers(404, "{\"error_code\": 40401, \"message\": \"Subject 'x' not found.\"}");

        assertThat(client.idsOf("x")).isEmpty();
    }

    @Test
    void aVersionThatVanishesMeanwhileIsPassedOver() {
        stub.answers(200, "[1, 2]").answers(404, "{\"error_code\": 40402, \"message\": \"gone\"}")
                .answers(200, "{\"id\": 5}");

        assertThat(client.idsOf("x")).containsExactly(5);
    }

    @Test
    void theLevelOfASubjectIsSet() {
        stub.answers(200, "{\"compatibility\": \"FULL\"}");

        client.setCompatibility("offers-value", "FULL");

        assertThat(stub.lines()).containsExactly("PUT /config/offers-value");
        assertThat(stub.asked().getFirst().body()).isEqualTo("{\"compatibility\":\"FULL\"}");
    }

    @Test
    void aRefusedLevelIsReportedWithTheRegistrysReason() {
        stub.answers(422, "{\"error_code\": 42203, \"message\": \"Invalid compatibility level\"}");

        assertThatThrownBy(() -> client.setCompatibility("x", "SIDEWAYS"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("PUT " + stub.url() + "/config/x")
                .hasMessageContaining("status 422: Invalid compatibility level");
    }

    @Test
    void aSubjectMayHaveAnyCharacters() {
        stub.answers(200, "[]");

        client.idsOf("a/b c+d%é");

        assertThat(stub.lines()).containsExactly("GET /subjects/a%2Fb%20c%2Bd%25%C3%A9/versions");
    }

    @Test
    void garbageIsNoAnswer() {
        stub.answers(200, "<html>\n  welcome</html>").answers(200, "{\"id\": \"seven\"}").answers(200, "")
                .answers(200, "{\"id\": 99999999999}");

        assertThatThrownBy(() -> client.register("x", OFFER)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("the answer of the schema registry to POST " + stub.url()
                        + "/subjects/x/versions cannot be used: not JSON: <html> welcome</html>");
        assertThatThrownBy(() -> client.register("x", OFFER)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("expected a field id with a number, but got: {\"id\": \"seven\"}");
        assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("expected a field schema with text, but got: an empty body");
        assertThatThrownBy(() -> client.register("x", OFFER)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void anAddressMayHaveAPathInFrontOfTheApi() {
        stub.answers(200, "[]");
        try (RegistryClient behind = new RegistryClient(RegistryOptions.at(stub.url() + "/apis/ccompat/v7/"))) {
            behind.idsOf("x");
        }

        assertThat(stub.lines()).containsExactly("GET /apis/ccompat/v7/subjects/x/versions");
    }
}
