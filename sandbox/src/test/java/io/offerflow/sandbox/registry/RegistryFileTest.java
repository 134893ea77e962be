package io.offerflow.sandbox.registry;

import static io.offerflow.sandbox.registry.RegistryFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("registry.jsonl");
    }

    @Test
    void everythingSurvivesARestart() {
        List<String> questions = List.of("/subjects", "/subjects?deleted=true", "/subjects/offers/versions",
                "/subjects/offers/versions/latest", "/subjects/plans/versions?deleted=true", "/schemas/ids/1",
                "/schemas/ids/2", "/schemas/ids/3", "/config", "/config/offers", "/config/plans");
        List<String> before;
        try (RegistryFixture registry = new RegistryFixture(file)) {
            registry.put("/config", "{'compatibility':'NONE'}");
            registry.put("/config/plans", "{'compatibility':'FULL'}");
            registry.put("/config/offers", "{'compatibility':'BACKWARD'}");
            register(registry, "offers", record("name"), 1);
            register(registry, "offers", record("name", "note?"), 2);
            register(registry, "plans", record("name", "price"), 3);
            registry.delete("/subjects/plans/versions/1");
            registry.delete("/subjects/plans/versions/1?permanent=true");
            registry.delete("/subjects/offers/versions/1");
            registry.delete("/config/plans");
            before = questions.stream().map(path -> registry.get(path).body()).toList();
        }
        try (RegistryFixture registry = new RegistryFixture(file)) {
            assertThat(questions.stream().map(path -> registry.get(path).body()).toList()).isEqualTo(before);
            register(registry, "new", record("other"), 4);
            register(registry, "new", record("name", "price"), 3);
        }
    }

    @Test
    void aHalfWrittenLastLineIsCutOffAndWritingGoesOnBehindTheOthers() throws IOException {
        try (RegistryFixture registry = new RegistryFixture(file)) {
            register(registry, "offers", record("name"), 1);
        }
        String whole = Files.readString(file);
        Files.writeString(file, "{\"change\":\"version-added\",\"subject\":\"of", StandardOpenOption.APPEND);

        try (RegistryFixture registry = new RegistryFixture(file)) {
            assertThat(registry.get("/subjects").said()).isEqualTo("['offers']");
            assertThat(Files.readString(file)).isEqualTo(whole);
            register(registry, "offers", record("name", "note?"), 2);
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
        try (RegistryFixture registry = new RegistryFixture(file)) {
            assertThat(registry.get("/subjects/offers/versions").said()).isEqualTo("[1,2]");
        }
    }

    @Test
    void aBrokenLineBeforeTheLastStopsTheStartAndIsLeftAsItIs() throws IOException {
        String broken = "{\"change\":\"version-added\",\"subj\n{\"change\":\"level-removed\",\"subject\":\"a\"}\n";
        Files.writeString(file, broken);

        assertThatThrownBy(() -> new RegistryFixture(file)).isInstanceOf(SandboxException.class)
                .hasMessageStartingWith("line 1 of " + file);
        assertThat(file).hasContent(broken);
    }

    @Test
    void aChangedLetterStopsTheStartAndAFileWithoutChecksumsIsRead() throws IOException {
        try (RegistryFixture registry = new RegistryFixture(file)) {
            register(registry, "offers", record("name"), 1);
        }
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("name", "nbme"));
        assertThatThrownBy(() -> new RegistryFixture(file)).isInstanceOf(SandboxException.class)
                .hasMessageStartingWith("line 1 of " + file).hasMessageContaining("its checksum is wrong");

        Files.writeString(file, whole.substring(whole.indexOf('{')));
        try (RegistryFixture registry = new RegistryFixture(file)) {
            assertThat(registry.get("/subjects").said()).isEqualTo("['offers']");
        }
    }

    @Test
    void aChangeIsInTheFileBeforeItIsAnswered() throws IOException {
        try (RegistryFixture registry = new RegistryFixture(file)) {
            register(registry, "offers", record("name"), 1);
            assertThat(Files.readString(file)).contains("\"change\":\"version-added\"").contains("\"id\":1")
                    .endsWith("\n");
            register(registry, "offers", record("name"), 1);
            assertThat(Files.readAllLines(file)).hasSize(1);
        }
    }

    private static void register(RegistryFixture registry, String subject, String schema, int expectedId) {
        assertThat(registry.post("/subjects/" + subject + "/versions", schema).said())
                .isEqualTo("{'id':%d}".formatted(expectedId));
    }
}
