package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** docs/cli.md shows what the program prints, word for word but for times. */
@ExtendWith(SharedMarketplace.class)
class CliDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z -]+)}}");
    private static final Pattern DATE = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    private static final Pattern SPAN = Pattern.compile("took \\d+ s");
    private static final String OFFER = "contoso/shift-planner";

    @Test
    void theDocumentIsWhatTheProgramPrints() throws Exception {
        String made = document();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, made);
        }
        assertThat(sorted(Files.readString(DOCUMENT))).as("docs/cli.md; if the change is meant, run this test with"
                + " -Dgolden.update=true and commit the file").isEqualTo(sorted(made));
    }

    /** What happens at one instant may be told in any order. */
    private static List<String> sorted(String text) {
        return text.lines().sorted().toList();
    }

    private static String document() throws Exception {
        try (var template = CliDocumentTest.class.getResourceAsStream("/cli.md")) {
            String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            String recording = recording();
            return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(part(place, recording)));
        }
    }

    private static String part(MatchResult place, String recording) {
        String[] words = place.group(1).split(" ");
        return switch (words[0]) {
            case "help" -> help(Arrays.copyOfRange(words, 1, words.length));
            case "verbs" -> verbs(Offerflow.commandLine()).stream().map(verb -> "`" + verb + "`")
                    .collect(Collectors.joining(", "));
            case "recording" -> recording;
            default -> throw new IllegalArgumentException(place.group());
        };
    }

    private static String help(String... words) {
        CommandLine command = Offerflow.commandLine().setColorScheme(
                CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        for (String word : words) {
            command = command.getSubcommands().get(word);
        }
        String text = command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return "```\n$ offerflow " + (words.length == 0 ? "" : String.join(" ", words) + " ") + "--help\n" + text
                + "\n```";
    }

    private static List<String> verbs(CommandLine group) {
        return List.of("offer", "plan", "audience", "step", "customer", "support").stream()
                .flatMap(name -> leaves(name, group.getSubcommands().get(name)).stream()).toList();
    }

    private static List<String> leaves(String path, CommandLine command) {
        return command.getSubcommands().isEmpty() ? List.of(path) : command.getSubcommands().entrySet().stream()
                .flatMap(inner -> leaves(path + " " + inner.getKey(), inner.getValue()).stream()).toList();
    }

    /** A real story, of which only the times are made equal. */
    private static String recording() throws IOException {
        Instant start = Instant.now().minus(Duration.ofSeconds(1));
        run("send", "--ignore-after", Path.of("..", "samples", "contoso-shift-planner.jsonl").toString(), "-q");
        run("watch", OFFER, "--until", "preview", "--timeout", "60s");
        String status = run("status", OFFER);
        run("offer", "go-live", OFFER, "--until", "live", "--timeout", "60s");
        String watch = run("watch", OFFER, "--from", start.toString(), "--exit-at-end");
        return "```\n$ offerflow status " + OFFER + "\n" + even(status) + "$ offerflow watch " + OFFER + " --from -1m\n"
                + withoutRejections(even(watch)) + "```";
    }

    /** Two topics have no order between them: the lines of rejections come at another place each time. */
    private static String withoutRejections(String watch) {
        return watch.replaceAll("(?m)^.* was rejected .*\\n(^ {20,}.*\\n)*", "");
    }

    private static String even(String text) {
        return SPAN.matcher(DATE.matcher(text).replaceAll("2026-03-02 09:30:00")).replaceAll("took 1 s").lines()
                .map(String::stripTrailing).collect(Collectors.joining("\n")) + "\n";
    }

    private static String run(String... arguments) {
        CommandLineRun run = CommandLineRun.of(SharedMarketplace.connected(arguments));
        assertThat(run.exitCode()).as(String.join(" ", arguments) + "\n" + run.err()).isIn(ExitCode.DONE);
        return run.out();
    }
}
