package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes: each one once from a process, the rest in this JVM. */
@ExtendWith(SharedMarketplace.class)
class ExitCodesTest {

    @TempDir
    private Path folder;

    @Test
    void zeroWhenItIsAcceptedAndThreeWhenItIsRejected() throws Exception {
        process(creation("codes/accepted", UUID.randomUUID())).endsWith(0);
        CommandLineRun refused = process(creation("codes/accepted", UUID.randomUUID())).endsWith(3);
        assertThat(refused.out()).contains("rejected, OFFER_EXISTS", "Choose another offer id.");
    }

    @Test
    void aDuplicateHasTheCodeOfItsFirstAnswer() {
        UUID taken = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        create("codes/duplicates", taken).endsWith(0);
        assertThat(create("codes/duplicates", taken).endsWith(0).out()).contains("duplicate");
        create("codes/duplicates", refused).endsWith(3);
        assertThat(create("codes/duplicates", refused).endsWith(3).out()).contains("duplicate, OFFER_EXISTS");
    }

    @Test
    void fourWhenItDoesNotComeInTime() throws Exception {
        create("codes/waiting", UUID.randomUUID()).endsWith(0);
        CommandLineRun late = process("watch", "codes/waiting", "--until", "live", "--timeout", "1s").endsWith(4);
        assertThat(late.err()).contains("codes/waiting was not live within 1 s");
        assertThat(run("offer", "submit", "codes/waiting", "--wait", "--timeout", "0ms").exitCode())
                .isEqualTo(ExitCode.TIMED_OUT);
    }

    @Test
    void fiveWhenPartOfAFileIsRejectedAndThreeWhenAllOfItIs() throws Exception {
        Path mixed = Files.writeString(folder.resolve("mixed.jsonl"), line("{\"CreateOffer\": {\"offerType\": \"SAAS\","
                + " \"alias\": \"Mixed\"}}") + line("{\"GoLive\": {}}"));
        CommandLineRun partly = process("send", mixed.toString(), "--wait").endsWith(5);
        assertThat(partly.out().lines()).hasSize(2);
        assertThat(partly.out()).contains("\tACCEPTED\t", "\tREJECTED\tNOT_AT_SIGN_OFF");
        assertThat(partly.err()).contains("2 of 2 records sent", "1 accepted, 1 rejected");
        Path refused = Files.writeString(folder.resolve("refused.jsonl"), line("{\"GoLive\": {}}"));
        CommandLineRun all = run("send", refused.toString(), "--wait", "-o", "json");
        assertThat(all.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(all.out()).startsWith("[").contains("\"reason\":\"NOT_AT_SIGN_OFF\"");
    }

    @Test
    void aRunThatFailsEndsTheWaitForLiveWithOneAndTheReport() {
        CommandLineRun sent = run("send", "--ignore-after", Path.of("..", "samples", "litware-meter-hub.jsonl")
                .toString());
        assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
        CommandLineRun missed = run("watch", "litware/meter-hub", "--until", "preview", "--timeout", "30s").endsWith(1);
        assertThat(missed.err()).contains("litware/meter-hub will not be preview: the run has failed", "100.3.1");
    }

    @Test
    void aBrokerOrARegistryThatDoesNotAnswerEndsWithOneInASentence() throws Exception {
        CommandLineRun broker = CliProcess.run("offer", "submit", "codes/x", "--bootstrap-servers", "127.0.0.1:1")
                .endsWith(1);
        assertThat(broker.err()).hasLineCount(1).contains("127.0.0.1:1").doesNotContain("Exception");
        CommandLineRun registry = CliProcess.run("offer", "submit", "codes/x", "--registry-url", "http://127.0.0.1:1",
                "--bootstrap-servers", SharedMarketplace.sandbox().bootstrapServers()).endsWith(1);
        assertThat(registry.err()).hasLineCount(1).contains("http://127.0.0.1:1").doesNotContain("Exception");
    }

    @Test
    void twoForWhatIsNotUnderstood() throws Exception {
        CommandLineRun missing = CliProcess.run("offer", "create", "codes/x").endsWith(2);
        assertThat(missing.err()).contains("Missing required options", "--help");
        assertThat(CommandLineRun.of("offre", "create").err()).contains("Did you mean", "offer");
        assertThat(CommandLineRun.of("offer", "submit", "codes", "--wait").err())
                .contains("Expected PUBLISHER/OFFER, such as contoso/shifts, but met \"codes\"");
    }

    private static CommandLineRun create(String offer, UUID id) {
        return run(creation(offer, id));
    }

    private static String[] creation(String offer, UUID id) {
        return new String[] {"offer", "create", offer, "--offer-type", "saas", "--alias", "Codes", "--command-id",
            id.toString(), "--wait"};
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(SharedMarketplace.connected(arguments));
    }

    private static CommandLineRun process(String... arguments) throws Exception {
        return CliProcess.run(SharedMarketplace.connected(arguments));
    }

    private static String line(String payload) {
        return "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"codes\", \"offerId\": \"mixed\","
                + " \"actor\": \"test\", \"payload\": " + payload + "}}\n";
    }
}
