package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandTest {

    @TempDir
    private Path directory;

    @Test
    void aSettingThatIsNoneIsRefusedWithTheClosest() {
        CommandLineRun run = CommandLineRun.of("service", "--set", "http.prot=8080");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).isEqualToIgnoringNewLines(
                "offerflow: there is no setting \"http.prot\"; did you mean \"http.port\"?");
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
                "schema.registry.url=http://user:hidden@127.0.0.1:1", "--set", "kafka.sasl.jaas.config=hidden", "--set",
                "http.port=off", "--set", "kafka.default.api.timeout.ms=500", "--set",
                "kafka.request.timeout.ms=400");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("starting with bootstrap.servers=127.0.0.1:1", "127.0.0.1:1")
                .doesNotContain("hidden");
    }
}
