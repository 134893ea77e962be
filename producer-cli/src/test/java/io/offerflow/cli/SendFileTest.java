package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What send says of a file before it asks any broker. */
class SendFileTest {

    private static final String SUBMIT = "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\","
            + " \"offerId\": \"shifts\", \"actor\": \"test\", \"payload\": {\"SubmitOffer\": {}}}}";

    @TempDir
    private Path folder;

    @Test
    void aDryRunCountsWhatIsThereAndNeedsNoBroker() throws IOException {
        CommandLineRun run = CommandLineRun.of("send", file(SUBMIT + "\n" + SUBMIT + "\n"), "--dry-run",
                "--bootstrap-servers", "127.0.0.1:1");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualToIgnoringNewLines("2\tSubmitOffer");
        assertThat(run.err()).contains("2 records are valid; nothing was sent.");
    }

    @Test
    void aHalfWrittenLastLineIsReportedAndNothingIsSent() throws IOException {
        CommandLineRun run = CommandLineRun.of("send", file(SUBMIT + "\n" + SUBMIT.substring(0, 60)),
                "--bootstrap-servers", "127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("file.jsonl:2: the last line has no line feed and may be half written",
                "Nothing of file.jsonl was sent.");
    }

    @Test
    void whatIsWrongIsToldWithLinePathExpectationAndTheClosestName() throws IOException {
        CommandLineRun run = CommandLineRun.of("send", file(SUBMIT.replace("SubmitOffer\": {}",
                "SubmitOffer\": {\"notesForCertificaton\": \"x\"}") + "\n" + SUBMIT.replace("\"test\"", "7") + "\n"
                + SUBMIT.replace("SubmitOffer", "SubmitOfer") + "\n"), "--dry-run");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(
                "file.jsonl:1: value.payload.SubmitOffer.notesForCertificaton: expected a field of SubmitOffer",
                "did you mean \"notesForCertification\"?", "file.jsonl:2: value.actor: expected a text, but met 7",
                "file.jsonl:3: value.payload: expected an object with one key", "did you mean \"SubmitOffer\"?");
    }

    @Test
    void aLargeFileIsReadInLittleMemory() throws Exception {
        Path file = folder.resolve("large.jsonl");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            String line = SUBMIT.replace("SubmitOffer\": {}", "SubmitOffer\": {\"notesForCertification\": \""
                    + "x".repeat(20_000) + "\"}") + "\n";
            for (int i = 0; i < 4_000; i++) {
                lines.write(line);
            }
        }
        CommandLineRun run = CliProcess.start(List.of("-Xmx32m"), "send", file.toString(), "--dry-run").result();
        assertThat(run.endsWith(0).err()).contains("4,000 records are valid");
    }

    @Test
    void aLineThatNeverEndsIsReportedAndDoesNotFillTheMemory() throws Exception {
        Path file = folder.resolve("endless.jsonl");
        try (BufferedWriter text = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 60; i++) {
                text.write("x".repeat(1_000_000));
            }
        }
        CommandLineRun run = CliProcess.start(List.of("-Xmx80m"), "send", file.toString(), "--dry-run").result();
        assertThat(run.endsWith(2).err()).contains("endless.jsonl:1: ", "longer than the longest possible line");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("file.jsonl"), text).toString();
    }
}
