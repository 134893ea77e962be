package io.offerflow.cli.replay;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.CountOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.file.WholeFile;
import io.offerflow.domain.model.Policy;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import io.offerflow.runtime.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what other rules would have decided. */
@Command(name = "what-if", description = {"Decide every input of the journal again, with other settings or with the"
    + " rules of another build, and report each decision that would differ.",
    "Each input is decided on the state that was recorded before it, so each difference is independent of the others."
        + " It is decided with the policy that was recorded with it, except for the settings given here."},
        footer = {"", "Reads: offer-journal. Writes: only the file of --html.",
            "Exit codes: 0 nothing differs, 6 something does.", "",
            "offerflow replay what-if --with stop.sell.delay=PT24H --html report.html",
            "offerflow replay what-if --with stop.sell.delay=PT24H --from 2026-11-01T00:00Z --snapshots snapshots",
            "offerflow replay what-if --jar ../next/offerflow.jar"})
final class WhatIfCommand extends ReplayVerb {

    @Spec
    private CommandSpec spec;

    @Option(names = "--with", paramLabel = "FILE|NAME=VALUE", description = "Settings of the rules: one setting, or a"
            + " configuration file of the service, of which only the settings of the rules count. May be given several"
            + " times: the later wins.")
    private List<String> with = List.of();

    @Option(names = "--jar", paramLabel = "FILE", description = "Let another build decide, given by its offerflow.jar.")
    private Optional<Path> jar;

    @Option(names = "--follow", description = "Decide on the state that the new decisions lead to, until an input"
            + " refers to something that does not exist there; the rest of that offer is not compared.")
    private boolean follow;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Decide only inputs again that were decided after"
            + " this time; the replay may then begin from a snapshot (all inputs).")
    private Optional<String> from;

    @Mixin
    private SnapshotOptions snapshots;

    @Option(names = "--limit", paramLabel = "NUMBER", defaultValue = "1000", converter = CountOption.class,
            description = "How many differences are shown; all of them are counted (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = {"-o", "--output"}, defaultValue = "human", description = "human or json (${DEFAULT-VALUE}).")
    private ReportFormat output;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as an HTML page, too.")
    private Optional<Path> html;

    @Override
    public Integer call() throws Exception {
        return jar.isPresent() ? byOtherBuild(jar.get()) : super.call();
    }

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        if (from.isEmpty() && snapshots.areUsed()) {
            tell("Every input is decided again, so the journal is read from the beginning; --from limits it.");
        }
        UnaryOperator<Policy> policy = new Overrides(with).operator();
        WhatIfReport report = new WhatIf(clients.journal(), clients.registry(),
                beginning(snapshots, clients, options), BuildInfo.ID)
                .run(new WhatIf.WhatIfQuestion(policy, follow, limit, after()));
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

    private Optional<Instant> after() {
        try {
            return ReplayPointParser.instant(from);
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
    }

    private static void write(Path target, String page) {
        try {
            WholeFile.write(target, page);
        } catch (IOException e) {
            throw CliFailure.unwritable(target, e);
        }
    }

    /** Runs the same command in the other build, which compares its decisions with the recorded ones. */
    private int byOtherBuild(Path other) throws IOException, InterruptedException {
        if (!Files.isRegularFile(other)) {
            throw usage("there is no jar %s", other);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dofferflow.terminal=" + System.getProperty("offerflow.terminal")));
        command.addAll(ownJvmOptions());
        command.addAll(List.of("-jar", other.toString()));
        command.addAll(withoutJar(spec.root().commandLine().getParseResult().originalArgs()));
        Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).start();
        Thread errors = Thread.ofPlatform().daemon().start(() -> copy(process.getErrorStream(), err()));
        copy(process.getInputStream(), out());
        errors.join();
        return process.waitFor();
    }

    /** The compilers, collector and memory of this process; an archive of classes fits this build only. */
    private static List<String> ownJvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:") || option.startsWith("-Xm"))
                .filter(option -> !option.contains("Archive") && !option.contains("AOT")).toList();
    }

    private static void copy(InputStream from, PrintWriter to) {
        try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            reader.transferTo(to); // the other build has made it harmless
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of this process without the jar. */
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
