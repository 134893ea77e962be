package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.http.Json;
import org.junit.jupiter.api.Test;

class ContentDiffTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void equalContentsDifferInNothing() throws JsonProcessingException {
        JsonNode content = content("{'PROPERTIES': {'categories': ['A', 'B']}}", "{'basic': {}}");

        assertThat(ContentDiff.of(content, content))
                .hasToString("{\"equal\":true,\"added\":[],\"removed\":[],\"edited\":[]}");
    }

    @Test
    void everyLeafIsToldByItsPath() throws JsonProcessingException {
        JsonNode from = content("{'PROPERTIES': {'categories': ['A', 'B'], 'appVersion': '1'}}", "{'basic': {}}");
        JsonNode to = content("{'PROPERTIES': {'categories': ['A'], 'appVersion': '2'}}",
                "{'basic': {}, 'plus': {'terms': [{'price': '4.00'}]}}");

        JsonNode comparison = ContentDiff.of(from, to);

        assertThat(comparison.path("added"))
                .hasToString("[{\"path\":\"plans.plus.terms[0].price\",\"value\":\"4.00\"}]");
        assertThat(comparison.path("removed")).hasToString("[{\"path\":\"PROPERTIES.categories[1]\",\"value\":\"B\"}]");
        assertThat(comparison.path("edited"))
                .hasToString("[{\"path\":\"PROPERTIES.appVersion\",\"from\":\"1\",\"to\":\"2\"}]");
    }

    @Test
    void anEmptyPlanThatIsNewIsADifferenceToo() throws JsonProcessingException {
        JsonNode comparison = ContentDiff.of(content("{}", "{}"), content("{}", "{'basic': {}}"));

        assertThat(comparison.path("added")).hasToString("[{\"path\":\"plans.basic\",\"value\":{}}]");
    }

    @Test
    void aFieldThatIsGivenForTheFirstTimeIsAddedAndNotEdited() throws JsonProcessingException {
        JsonNode comparison = ContentDiff.of(Json.object(), content("{'PREVIEW': {'description': 'x'}}", "{}"));

        assertThat(comparison.path("added").get(0).path("path").asText()).isEqualTo("PREVIEW.description");
        assertThat(comparison.path("edited")).isEmpty();
    }

    private static JsonNode content(String sections, String plans) throws JsonProcessingException {
        return JSON.readTree("{'sections': %s, 'plans': %s}".formatted(sections, plans).replace('\'', '"'));
    }
}
