package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb prepare on a cluster that has nothing yet; with security it is tried in the module of the service. */
class PrepareCommandTest {

    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void topicsAreCreatedOnceAndCheckedEveryTime() {
        CommandLineRun first = CommandLineRun.of("prepare", "--bootstrap-servers", sandbox.bootstrapServers(),
                "--partitions", "2", "--replicas", "1");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.DONE);
        assertThat(first.out()).contains("created: offer-commands, step-results").contains("quarantine");

        CommandLineRun again = CommandLineRun.of("prepare", "--bootstrap-servers", sandbox.bootstrapServers(),
                "--partitions", "7", "--replicas", "1");
        assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(again.out()).contains("all exist and are as they should be");
    }

    @Test
    void aRoleThatIsNoneIsRefusedWithoutItsPassword() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords"), "publishers=hidden-password\n");
        CommandLineRun run = CommandLineRun.of("prepare", "--bootstrap-servers", sandbox.bootstrapServers(),
                "--partitions", "2", "--replicas", "1", "--passwords", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("there is no role publishers").doesNotContain("hidden").hasLineCount(1);
    }

    @Test
    void clientSettingsThatAreNoneAreNamedByTheirFile() throws IOException {
        Path file = Files.writeString(folder.resolve("admin.properties"), "security.protocol=SASL\n");
        CommandLineRun run = CommandLineRun.of("prepare", "--bootstrap-servers", sandbox.bootstrapServers(),
                "--config", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("admin.properties").contains("SASL").hasLineCount(1);
    }
}
