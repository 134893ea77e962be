package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.simulator.PipelineSimulator;
import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import io.offerflow.sandbox.host.SandboxSecurity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line at brokers with TLS, passwords and rules, as `prepare` leaves them and docs/operations.md says. */
class SecuredClusterTest {

    @TempDir
    private static Path folder;
    private static Sandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        ProcessBuilder script = new ProcessBuilder("bash",
                Path.of("..", "deploy", "certificates.sh").toAbsolutePath().toString(), folder.toString()).inheritIO();
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = script.start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS) && process.exitValue() == 0).as("certificates.sh").isTrue();
        sandbox = Sandbox.start(SandboxOptions.temporary().secured(new SandboxSecurity(folder)));
        CommandLineRun prepared = CommandLineRun.of("prepare", "--bootstrap-servers", sandbox.bootstrapServers(),
                "--config", properties("admin").toString(), "--partitions", "2", "--replicas", "1", "--access",
                "--passwords", folder.resolve("passwords.properties").toString());
        assertThat(prepared.exitCode()).as(prepared.err()).isEqualTo(ExitCode.DONE);
        assertThat(prepared.out()).contains("passwords    set for 9 roles", "created: offer-commands", "access ");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aPublisherSendsCommandsAndReadsTheAnswers() {
        CommandLineRun sent = as("publisher", "offer", "create", "contoso/secured", "--offer-type", "saas", "--alias",
                "Secured");
        assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
        CommandLineRun read = as("publisher", "outcomes", "contoso/secured");
        assertThat(read.exitCode()).as(read.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theSettingsCanStandOnTheCommandLineToo() {
        SandboxSecurity security = new SandboxSecurity(folder);
        List<String> arguments = new ArrayList<>(List.of("tail", "offer-status", "--from-beginning", "--exit-at-end",
                "--bootstrap-servers", sandbox.bootstrapServers(), "--registry-url", sandbox.registryUrl()));
        security.client("status-reader").forEach((name, value) -> arguments.addAll(List.of("-X", name + "=" + value)));
        CommandLineRun read = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(read.exitCode()).as(read.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aReplayerReplays() {
        Path state = folder.resolve("state.jsonl");
        CommandLineRun rebuilt = as("replayer", "replay", "rebuild", "--latest", "--out", state.toString());
        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isEqualTo(ExitCode.DONE);
        assertThat(state).exists();
    }

    @Test
    void whatARoleMayNotIsSaidInOneSentenceThatNamesTheTopic() {
        for (String verb : List.of("tail", "watch")) {
            CommandLineRun denied = verb.equals("tail")
                    ? as("status-reader", "tail", Topic.AUDIENCE_MEMBERS.topicName(), "--from-beginning",
                            "--exit-at-end")
                    : as("status-reader", "send", "../samples/litware-meter-hub.jsonl", "--ignore-after");
            assertThat(denied.exitCode()).as(denied.err()).isEqualTo(ExitCode.FAILURE);
            assertThat(denied.err()).hasLineCount(1).doesNotContain("Exception")
                    .contains(verb.equals("tail") ? "audience-members" : "offer-commands", "may this user");
        }
    }

    @Test
    void theSimulatorIsDeniedAGroupThatIsNotOfItsRole() {
        assertThat(PipelineSimulator.GROUP).startsWith(TopicAcls.userName(Topic.Role.VALIDATOR) + "-");
        CommandLineRun denied = as("validator", "simulate", "--group", "commerce-simulator");
        assertThat(denied.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(denied.err()).contains("deny this", "commerce-simulator").doesNotContain("Exception", "unexpected");
    }

    @Test
    void aWrongPasswordIsSaidInOneSentenceWithoutThePassword() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.properties"), Files.readString(properties("publisher"))
                .replaceFirst("password=\"[^\"]+\"", "password=\"not-the-one\""));
        CommandLineRun refused = with(wrong, "offer", "submit", "contoso/secured");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(refused.err()).hasLineCount(1).contains(sandbox.bootstrapServers(), "uthentication failed")
                .doesNotContain("not-the-one").doesNotContain("Exception");
    }

    @Test
    void aClientWithoutSecuritySettingsIsToldWithTheAddress() {
        CommandLineRun plain = CommandLineRun.of("offer", "submit", "contoso/secured", "--bootstrap-servers",
                sandbox.bootstrapServers(), "--registry-url", sandbox.registryUrl());
        assertThat(plain.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(plain.err()).hasLineCount(1).contains(sandbox.bootstrapServers(), "--config")
                .doesNotContain("Exception");
    }

    private static Path properties(String role) {
        return folder.resolve("clients").resolve(role + ".properties");
    }

    private static CommandLineRun as(String role, String... arguments) {
        return with(properties(role), arguments);
    }

    private static CommandLineRun with(Path properties, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", properties.toString(), "--bootstrap-servers", sandbox.bootstrapServers(),
                "--registry-url", sandbox.registryUrl()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
