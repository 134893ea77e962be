package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The bar that a person sees while a file is sent, and nobody else. */
@ExtendWith(SharedMarketplace.class)
class ProgressTest {

    @TempDir
    private Path folder;

    @Test
    void aPersonAtStandardErrorSeesABarWithThroughput() throws Exception {
        CommandLineRun sent = send("bar", List.of("-Dofferflow.terminal.err=true"));

        assertThat(sent.err()).contains("bar.jsonl", "100%", "/s", "300 of 300 records sent");
        assertThat(sent.out().lines()).hasSize(300).allMatch(line -> line.contains("ACCEPTED"));
    }

    @Test
    void aFileOrAPipeAtStandardErrorGetsSentencesOnly() throws Exception {
        CommandLineRun sent = send("none", List.of());

        assertThat(sent.err()).contains("300 of 300 records sent").doesNotContain("%", "\r", "\u001b");
    }

    private CommandLineRun send(String name, List<String> options) throws Exception {
        String lines = IntStream.range(0, 300).mapToObj(i -> ("{\"topic\": \"offer-commands\", \"value\":"
                + " {\"publisherId\": \"progress\", \"offerId\": \"%s-%d\", \"actor\": \"test\", \"payload\":"
                + " {\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"Progress\"}}}}%n").formatted(name, i))
                .collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve(name + ".jsonl"), lines);
        return CliProcess.start(options, SharedMarketplace.connected("send", file.toString(), "--wait")).result()
                .endsWith(0);
    }
}
