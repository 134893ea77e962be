package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandTest {

    @TempDir
    private Path directory;

    @Test
    void aSettingThatIsNoneIsRefusedWithTheClosest() {
        CommandLineRun run = CommandLineRun.of("service", "--set", "http.prot=8080", "--set",
                "bootstrap.servers=127.0.0.1:1", "--set", "schema.registry.url=http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).isEqualToIgnoringNewLines(
                "offerflow: --set: there is no setting \"http.prot\"; did you mean \"http.port\"?");
    }

    @Test
    void aFileThatIsIncompleteIsToldWhatItLacks() throws IOException {
        Path file = Files.writeString(directory.resolve("offerflow.properties"), "bootstrap.servers=127.0.0.1:1\n");

        CommandLineRun run = CommandLineRun.of("service", "--config", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("\"schema.registry.url\" is missing");
    }

    @Test
    void whatItStartsWithIsShownWithoutSecrets() {
        CommandLineRun run = CommandLineRun.of("service", "--set", "bootstrap.servers=127.0.0.1:1", "--set",
                "schema.registry.url=http://127.0.0.1:1", "--set",
                "schema.registry.basic.auth.user.info=user:secret", "--set", "kafka.sasl.jaas.config=secret", "--set",
                "http.port=off", "--set", "kafka.default.api.timeout.ms=500", "--set",
                "kafka.request.timeout.ms=400");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("starting with bootstrap.servers=127.0.0.1:1", "127.0.0.1:1")
                .doesNotContain("secret");
    }

    /** In a process of its own: how lines are written is settled before the first one. */
    @Test
    void asJsonEveryLineIsAnObjectAlsoTheLastOne() throws Exception {
        CommandLineRun run = CliProcess.run("service", "--log-format", "json", "--set",
                "bootstrap.servers=127.0.0.1:1", "--set", "schema.registry.url=http://127.0.0.1:1", "--set",
                "kafka.default.api.timeout.ms=500", "--set", "kafka.request.timeout.ms=400").endsWith(ExitCode.FAILURE);
        List<String> messages = new ArrayList<>();
        for (String line : run.err().lines().toList()) {
            messages.add(new ObjectMapper().readTree(line).get("formattedMessage").textValue());
        }
        assertThat(messages.getFirst()).startsWith("starting with bootstrap.servers=127.0.0.1:1");
        assertThat(messages.getLast()).contains("the brokers at 127.0.0.1:1 do not answer");
    }
}
