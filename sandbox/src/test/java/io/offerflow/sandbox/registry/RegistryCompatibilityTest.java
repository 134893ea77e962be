package io.offerflow.sandbox.registry;

import static io.offerflow.sandbox.registry.RegistryFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.sandbox.registry.RegistryFixture.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryCompatibilityTest {

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
    void backwardIsTheLevelThatApplies() {
        assertThat(registry.get("/config").said()).isEqualTo("{'compatibilityLevel':'BACKWARD'}");
        assertThat(registry.get("/config/offers?defaultToGlobal=true").said())
                .isEqualTo("{'compatibilityLevel':'BACKWARD'}");
        register("a", 200);
        register("a,b", 409);
        register("a,b?", 200);
    }

    /**
     * Versions 1 and 2 are registered under NONE, then version 3 under the level. A letter is a field, a question mark
     * gives it a default. The last version alone decides, unless the level is transitive.
     */
    @ParameterizedTest(name = "{0}: {1} then {2} then {3} is answered with {4}")
    @CsvSource(delimiter = '|', value = {
        "NONE                | a   | a    | z       | 200",
        "BACKWARD            | a   | a    | a,b?    | 200",
        "BACKWARD            | a   | a    | a,b     | 409",
        "BACKWARD            | a,b | a    | a,c?    | 200",
        "BACKWARD            | a   | a,b? | a,b     | 200",
        "BACKWARD_TRANSITIVE | a   | a,b? | a,b     | 409",
        "BACKWARD_TRANSITIVE | a,b | a    | a,c?    | 200",
        "FORWARD             | a   | a    | a,b     | 200",
        "FORWARD             | z   | a,b  | a       | 409",
        "FORWARD             | a,b | a,b? | a       | 200",
        "FORWARD_TRANSITIVE  | a,b | a,b? | a       | 409",
        "FORWARD_TRANSITIVE  | a   | a,b? | a,c     | 200",
        "FULL                | a   | a    | a,b?    | 200",
        "FULL                | a   | a    | a,b     | 409",
        "FULL                | z   | a,b  | a       | 409",
        "FULL                | a,b | a,b? | a       | 200",
        "FULL_TRANSITIVE     | a,b | a,b? | a       | 409",
        "FULL_TRANSITIVE     | a   | a,b? | a,b?,c? | 200"})
    void aLevelDecidesWhatMayFollow(String level, String first, String second, String third, int expected) {
        setLevel("NONE");
        register(first, 200);
        register(second, 200);
        setLevel(level);

        Answer check = registry.post("/compatibility/subjects/offers/versions", fields(third));
        assertThat(check.said()).isEqualTo("{'is_compatible':%s}".formatted(expected == 200));
        register(third, expected);
    }

    @Test
    void anIncompatibleSchemaIsRefusedWith409AndTheReason() {
        register("a", 200);

        Answer refused = registry.post("/subjects/offers/versions", fields("a,b"));

        assertThat(refused.error()).isEqualTo("409/409");
        assertThat(refused.json().get("message").asText()).contains("incompatible with an earlier schema")
                .contains("subject \"offers\"").contains("READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1");
        assertThat(registry.get("/subjects/offers/versions").said()).isEqualTo("[1]");
    }

    @Test
    void oneVersionCanBeComparedWithAndTheReasonsAsked() {
        setLevel("BACKWARD");
        register("a", 200);
        register("a,b?", 200);

        assertThat(compare("1", "a,b").said()).isEqualTo("{'is_compatible':false}");
        assertThat(compare("2", "a,b").said()).isEqualTo("{'is_compatible':true}");
        assertThat(compare("latest", "a,b").said()).isEqualTo("{'is_compatible':true}");
        assertThat(compare("latest?verbose=true", "a,b").said()).isEqualTo("{'is_compatible':true,'messages':[]}");
        Answer verbose = compare("1?verbose=true", "a,b");
        assertThat(verbose.json().get("is_compatible").asBoolean()).isFalse();
        assertThat(verbose.json().get("messages")).hasSize(1);
        assertThat(verbose.json().get("messages").get(0).asText())
                .startsWith("BACKWARD: the new schema cannot read what an earlier one wrote").endsWith(": b");
    }

    @Test
    void anySchemaMayBeTheFirstOfASubject() {
        assertThat(compare("latest", "a").said()).isEqualTo("{'is_compatible':true}");
        assertThat(registry.post("/compatibility/subjects/offers/versions", fields("a")).said())
                .isEqualTo("{'is_compatible':true}");
        assertThat(compare("1", "a").error()).isEqualTo("404/40401");
        register("a", 200);
        assertThat(compare("2", "a").error()).isEqualTo("404/40402");
    }

    @Test
    void levelsAreSetAndTakenBackForAllAndForOneSubject() {
        assertThat(registry.put("/config", "{'compatibility':'full'}").said()).isEqualTo("{'compatibility':'FULL'}");
        setLevel("NONE");

        assertThat(registry.get("/config").said()).isEqualTo("{'compatibilityLevel':'FULL'}");
        assertThat(registry.get("/config/offers").said()).isEqualTo("{'compatibilityLevel':'NONE'}");
        assertThat(registry.delete("/config/offers").said()).isEqualTo("{'compatibilityLevel':'NONE'}");
        assertThat(registry.get("/config/offers").error()).isEqualTo("404/40408");
        assertThat(registry.delete("/config").status()).isEqualTo(200);
        assertThat(registry.get("/config").said()).isEqualTo("{'compatibilityLevel':'BACKWARD'}");
    }

    @Test
    void aLevelThatDoesNotExistIsRefusedWith42203() {
        assertThat(registry.put("/config", "{'compatibility':'SIDEWAYS'}").error()).isEqualTo("422/42203");
        assertThat(registry.put("/config/offers", "{}").error()).isEqualTo("422/42203");
        assertThat(registry.get("/config").said()).isEqualTo("{'compatibilityLevel':'BACKWARD'}");
    }

    private void setLevel(String level) {
        assertThat(registry.put("/config/offers", "{'compatibility':'%s'}".formatted(level)).said())
                .isEqualTo("{'compatibility':'%s'}".formatted(level));
    }

    private void register(String fields, int expected) {
        assertThat(registry.post("/subjects/offers/versions", fields(fields)).status()).as(fields).isEqualTo(expected);
    }

    private Answer compare(String version, String fields) {
        return registry.post("/compatibility/subjects/offers/versions/" + version, fields(fields));
    }

    private static String fields(String commaSeparated) {
        return record(commaSeparated.split(","));
    }
}
