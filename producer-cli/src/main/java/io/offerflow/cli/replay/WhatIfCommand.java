package io.offerflow.cli.replay;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.domain.model.Policy;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import io.offerflow.runtime.BuildInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What other rules would have decided. */
@Command(name = "what-if", description = {"Decide every input of the journal again, by other settings or by another"
    + " build's rules, and report each decision that would differ.",
    "Each is judged on the state that was recorded before it, so each difference stands by itself. Past entries are"
        + " judged by the policy recorded with them, but for the settings given."},
        footer = {"", "Reads: offer-journal. Writes: nothing but the file of --html.",
            "Exit codes: 0 nothing differs, 6 something does.", "",
            "offerflow replay what-if --with stop.sell.delay=PT24H --html report.html",
            "offerflow replay what-if --jar ../next/offerflow.jar"})
final class WhatIfCommand extends ReplayVerb {

    @Spec
    private CommandSpec spec;

    @Option(names = "--with", paramLabel = "FILE|NAME=VALUE", description = "Settings of the rules to judge by: one, or"
            + " a file of them as the service takes it, of which only the rules' settings count. Several times: the"
            + " later wins.")
    private List<String> with = List.of();

    @Option(names = "--jar", paramLabel = "FILE", description = "Let another build decide: its offerflow.jar.")
    private Optional<Path> jar;

    @Option(names = "--follow", description = "Judge on the state that the new decisions lead to, until an input refers"
            + " to what does not exist there; the rest of that offer is not compared.")
    private boolean follow;

    @Option(names = "--limit", paramLabel = "NUMBER", defaultValue = "1000",
            description = "Most differences that are told one by one; all are counted (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = {"-o", "--output"}, defaultValue = "human", description = "human or json (${DEFAULT-VALUE}).")
    private ReportFormat output;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a report that can be read without a command line.")
    private Optional<Path> html;

    @Override
    public Integer call() throws Exception {
        return jar.isPresent() ? byOtherBuild(jar.get()) : super.call();
    }

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        UnaryOperator<Policy> policy = new Overrides(with).operator();
        WhatIfReport report = new WhatIf(clients.journal(), clients.registry(), options, BuildInfo.ID)
                .run(new WhatIf.WhatIfQuestion(policy, follow, limit));
        if (output == ReportFormat.JSON) {
            out().println(WhatIfJson.of(report));
        } else {
            new WhatIfText(report).lines().forEach(out()::println);
        }
        out().flush();
        if (html.isPresent()) {
            write(html.get(), new WhatIfHtml(report).page());
        }
        return report.total() == 0 ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private static void write(Path target, String page) {
        try {
            Path beside = target.resolveSibling(target.getFileName() + ".tmp");
            Files.writeString(beside, page);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.FAILURE, "Cannot write %s: %s.".formatted(target, e.getMessage()), e);
        }
    }

    /** The same question to the other build: what it decides is compared with what was recorded. */
    private int byOtherBuild(Path other) throws IOException, InterruptedException {
        if (!Files.isRegularFile(other)) {
            throw usage("there is no jar %s", other);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dofferflow.terminal=" + System.getProperty("offerflow.terminal"),
                "-jar", other.toString()));
        command.addAll(withoutJar(spec.root().commandLine().getParseResult().originalArgs()));
        Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).start();
        Thread errors = Thread.ofPlatform().daemon().start(() -> copy(process.errorReader(), err()));
        copy(process.inputReader(), out());
        errors.join();
        return process.waitFor();
    }

    private static void copy(BufferedReader from, PrintWriter to) {
        from.lines().forEach(to::println);
        to.flush();
    }

    /** The arguments of this process but for the jar: verbs and options alike are those of the other build. */
    private static List<String> withoutJar(List<String> own) {
        List<String> arguments = new ArrayList<>();
        boolean value = false;
        for (String argument : own) {
            if (!value && !argument.equals("--jar") && !argument.startsWith("--jar=")) {
                arguments.add(argument);
            }
            value = argument.equals("--jar");
        }
        return arguments;
    }
}
