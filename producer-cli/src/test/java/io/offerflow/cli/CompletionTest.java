package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell completes what is typed, by the script that `completion` prints. */
class CompletionTest {

    @TempDir
    private Path folder;

    @Test
    void verbsOptionsAndChoicesAreCompleted() throws Exception {
        assertThat(completed("offerflow", "of")).containsExactly("offer");
        assertThat(completed("offerflow", "offer", "st")).containsExactly("stop-selling");
        assertThat(completed("offerflow", "tail", "--from-")).containsExactly("--from-beginning");
        assertThat(completed("offerflow", "watch", "--until", "")).contains("live", "preview", "attention");
        assertThat(completed("offerflow", "nothing-of-the-kind", "of")).doesNotContain("stop-selling");
    }

    /** What bash offers for the last word; that nobody types here is all it complains of. */
    private List<String> completed(String... words) throws IOException, InterruptedException {
        CommandLineRun script = CommandLineRun.of("completion");
        assertThat(script.exitCode()).isEqualTo(ExitCode.DONE);
        Path file = Files.writeString(folder.resolve("completion.bash"), script.out());
        String ask = "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMPREPLY=(); _complete_offerflow; "
                .formatted(file, quoted(words), words.length - 1) + "printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", ask).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String quoted(String... words) {
        return "'" + String.join("' '", words) + "'";
    }
}
