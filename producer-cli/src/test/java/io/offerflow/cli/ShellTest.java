package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The process between its shell, its locale and its standard output. */
@EnabledOnOs(OS.LINUX)
class ShellTest {

    private static final String[] DRY_RUN = {"offer", "create", "contoso/shifts", "--offer-type", "saas", "--alias",
        "Caf\u00e9 Z\u00fcrich \u65e5\u672c", "--dry-run"};

    @TempDir
    private Path folder;

    @Test
    void textIsTheSameInALocaleOfUtf8AndRefusedInAnother() throws Exception {
        CommandLineRun utf8 = CliProcess.start(List.of(), Map.of("LC_ALL", "C.UTF-8"), DRY_RUN).result().endsWith(0);
        assertThat(utf8.out()).contains("\"alias\":\"Caf\u00e9 Z\u00fcrich \u65e5\u672c\"");
        CommandLineRun ascii = CliProcess.start(List.of(), Map.of("LC_ALL", "C"), DRY_RUN).result().endsWith(2);
        assertThat(ascii.out()).isEmpty();
        assertThat(ascii.err()).hasLineCount(1).contains("The argument \"Caf", "ANSI_X3.4-1968",
                "set LC_ALL=C.UTF-8 and run it again");
        CommandLineRun variable = CliProcess.start(List.of(), Map.of("LC_ALL", "POSIX", "OFFERFLOW_CLI_ACTOR",
                "Zo\u00eb"), "--version").result().endsWith(2);
        assertThat(variable.err()).hasLineCount(1).contains("The variable OFFERFLOW_CLI_ACTOR has bytes");
    }

    @Test
    void outputIsUtf8InEveryLocale() throws Exception {
        Path file = Files.writeString(folder.resolve("feed.jsonl"), "{\"topic\": \"offer-commands\", \"value\":"
                + " {\"\u00fcber\": 1}}\n");
        CommandLineRun ascii = CliProcess.start(List.of(), Map.of("LC_ALL", "C"), "send", file.toString()).result()
                .endsWith(2);
        assertThat(ascii.err()).contains("\u00fcber");
    }

    @Test
    void aFullDiskIsAFailureAndAClosedPipeIsNone() throws Exception {
        CommandLineRun full = CliProcess.shell("> /dev/full", DRY_RUN).endsWith(1);
        assertThat(full.err()).isEqualToIgnoringNewLines("offerflow: Standard output cannot be written, and is"
                + " incomplete: No space left on device.");
        assertThat(CliProcess.shell("> /dev/full", "--help").endsWith(1).err()).hasLineCount(1);
        CommandLineRun closed = CliProcess.shell("| (exec 0<&-; sleep 1); exit ${PIPESTATUS[0]}", DRY_RUN).endsWith(0);
        assertThat(closed.err()).isEmpty();
    }
}
