package io.offerflow.cli;

import io.offerflow.cli.connect.ContextCommand;
import io.offerflow.cli.console.BuildVersion;
import io.offerflow.cli.console.ConsoleWriter;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.LogFormat;
import io.offerflow.cli.console.ShellEncoding;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.demo.DemoCommand;
import io.offerflow.cli.failure.FailureReport;
import io.offerflow.cli.notify.RecipientsCommand;
import io.offerflow.cli.notify.SubscriptionsCommand;
import io.offerflow.cli.read.HistoryCommand;
import io.offerflow.cli.read.NotificationsCommand;
import io.offerflow.cli.read.OutcomesCommand;
import io.offerflow.cli.read.QuarantineCommand;
import io.offerflow.cli.read.StatusCommand;
import io.offerflow.cli.read.TailCommand;
import io.offerflow.cli.read.WatchCommand;
import io.offerflow.cli.replay.ReplayCommand;
import io.offerflow.cli.send.SendCommand;
import io.offerflow.cli.service.GatewayCommand;
import io.offerflow.cli.service.NotifierCommand;
import io.offerflow.cli.service.PrepareCommand;
import io.offerflow.cli.service.ServiceCommand;
import io.offerflow.cli.shell.CompletionCommand;
import io.offerflow.cli.shell.WarmUpCommand;
import io.offerflow.cli.simulator.SimulateCommand;
import io.offerflow.cli.up.UpCommand;
import io.offerflow.cli.verb.Verbs;
import io.offerflow.contract.file.TextFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine;

/** The command line: data goes to standard output, everything else to standard error; exit codes: {@link ExitCode}. */
@Command(name = "offerflow", synopsisSubcommandLabel = "COMMAND", versionProvider = BuildVersion.class,
        description = "The offer lifecycle of a commercial marketplace, on Kafka.",
        subcommands = {DemoCommand.class, UpCommand.class, ServiceCommand.class, GatewayCommand.class,
            NotifierCommand.class,
            SendCommand.class, StatusCommand.class, WatchCommand.class, HistoryCommand.class, OutcomesCommand.class,
            NotificationsCommand.class, QuarantineCommand.class, TailCommand.class, ReplayCommand.class,
            RecipientsCommand.class, SubscriptionsCommand.class,
            SimulateCommand.class, ContextCommand.class, CompletionCommand.class, PrepareCommand.class,
            WarmUpCommand.class},
        footer = {"", "Exit codes: 0 done, 1 failure, 2 usage, 3 rejected, 4 timed out, 5 part of a batch failed,",
            "6 a comparison found differences."})
public final class Offerflow implements Runnable {

    private static final int HELP_WIDTH = 100;

    private boolean verbose;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT,
            description = "Show where a failure came from, and all warnings of Kafka.")
    void verbose(boolean wanted) {
        this.verbose = wanted;
        // logback.xml reads it when the first logger is created
        System.setProperty("offerflow.log.detail", "WARN");
    }

    @Option(names = "--log-format", paramLabel = "text|json", scope = ScopeType.INHERIT, defaultValue = "text",
            description = "Format of the log on standard error; json: one object per line (${DEFAULT-VALUE}).")
    void logFormat(LogFormat format) {
        if (format == LogFormat.JSON) { // the default must not undo an earlier setting
            System.setProperty(LogFormat.PROPERTY, "json");
        }
    }

    public static void main(String[] args) {
        configureLog(Arrays.asList(args));
        ConsoleWriter out = ConsoleWriter.out();
        ConsoleWriter err = ConsoleWriter.err();
        System.exit(ShellEncoding.problem(Arrays.asList(args), System.getenv(), System::getProperty).map(problem -> {
            say(problem, err);
            return ExitCode.USAGE;
        }).orElseGet(() -> run(args, out, err)));
    }

    private static int run(String[] args, ConsoleWriter out, ConsoleWriter err) {
        Set<String> words = Set.copyOf(Arrays.asList(args));
        // these need all verbs
        boolean all = words.contains("completion") || words.contains("warm-up");
        int exitCode = commandLine(word -> all || words.contains(word)).setOut(out).setErr(err).execute(args);
        return out.failure().filter(failure -> !ConsoleWriter.isClosedPipe(failure)).map(failure -> {
            say("Standard output cannot be written, and is incomplete: %s.".formatted(TextFiles.reason(failure)), err);
            return ExitCode.FAILURE;
        }).orElse(exitCode);
    }

    /** The first logger may be created before the options are parsed, and reads format and detail. */
    private static void configureLog(List<String> args) {
        int format = args.indexOf("--log-format");
        if (args.contains("--log-format=json") || format >= 0 && format + 1 < args.size()
                && args.get(format + 1).equalsIgnoreCase("json")) {
            System.setProperty(LogFormat.PROPERTY, "json");
        }
        if (args.contains("-v") || args.contains("--verbose")) {
            System.setProperty("offerflow.log.detail", "WARN");
        }
    }

    /** With all verbs. */
    public static CommandLine commandLine() {
        return commandLine(any -> true);
    }

    private static CommandLine commandLine(Predicate<String> needed) {
        Offerflow offerflow = new Offerflow();
        CommandLine commandLine = new CommandLine(offerflow);
        Verbs.addTo(commandLine, needed);
        return commandLine
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        Terminal.detect().colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((failure, arguments) -> misunderstood(failure))
                .setExecutionExceptionHandler((failure, command, arguments) ->
                        offerflow.show(failure, command.getErr()));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    /** Shows the synopsis only, so that the sentence stays visible; a group has a list of its verbs instead. */
    private static int misunderstood(CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("offerflow: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.print(command.getSubcommands().isEmpty() ? command.getHelp().synopsisHeading().formatted()
                    + command.getHelp().synopsis(0) : command.getHelp().commandListHeading().formatted()
                    + command.getHelp().commandList());
            err.printf("`%s --help` says more.%n", command.getCommandSpec().qualifiedName());
        }
        err.flush();
        return ExitCode.USAGE;
    }

    private int show(Exception failure, PrintWriter err) {
        FailureReport report = FailureReport.of(failure);
        if (LogFormat.isJson()) {
            String text = String.join("\n", report.lines());
            if (verbose) {
                LoggerFactory.getLogger(Offerflow.class).error(text, failure);
            } else {
                LoggerFactory.getLogger(Offerflow.class).error(text);
            }
            return report.exitCode();
        }
        report.lines().forEach(err::println);
        if (verbose) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(err::println);
        } else if (report.unexpected()) {
            err.println("offerflow: This is a defect; run it again with -v to see where, and report it.");
        }
        err.flush();
        return report.exitCode();
    }

    private static void say(String sentence, PrintWriter err) {
        if (LogFormat.isJson()) {
            LoggerFactory.getLogger(Offerflow.class).error(sentence);
        } else {
            err.println("offerflow: " + sentence);
        }
    }
}
