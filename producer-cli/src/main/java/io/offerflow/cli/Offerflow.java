package io.offerflow.cli;

import io.offerflow.cli.connect.ContextCommand;
import io.offerflow.cli.console.BuildVersion;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.LogFormat;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.demo.DemoCommand;
import io.offerflow.cli.feed.FeedException;
import io.offerflow.cli.read.HistoryCommand;
import io.offerflow.cli.read.NotificationsCommand;
import io.offerflow.cli.read.OutcomesCommand;
import io.offerflow.cli.read.QuarantineCommand;
import io.offerflow.cli.read.StatusCommand;
import io.offerflow.cli.read.TailCommand;
import io.offerflow.cli.read.WatchCommand;
import io.offerflow.cli.replay.ReplayCommand;
import io.offerflow.cli.send.SendCommand;
import io.offerflow.cli.service.PrepareCommand;
import io.offerflow.cli.service.ServiceCommand;
import io.offerflow.cli.shell.CompletionCommand;
import io.offerflow.cli.shell.WarmUpCommand;
import io.offerflow.cli.simulator.SimulateCommand;
import io.offerflow.cli.up.UpCommand;
import io.offerflow.cli.verb.Verbs;
import io.offerflow.contract.registry.IncompatibleSchemaException;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.runtime.ConfigException;
import io.offerflow.sandbox.host.SandboxException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine;

/** The command line: data goes to standard output, everything else to standard error; exit codes: {@link ExitCode}. */
@Command(name = "offerflow", synopsisSubcommandLabel = "COMMAND", versionProvider = BuildVersion.class,
        description = "The offer lifecycle of a commercial marketplace, on Kafka.",
        subcommands = {DemoCommand.class, UpCommand.class, ServiceCommand.class, SendCommand.class,
            StatusCommand.class, WatchCommand.class, HistoryCommand.class, OutcomesCommand.class,
            NotificationsCommand.class, QuarantineCommand.class, TailCommand.class, ReplayCommand.class,
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
        Set<String> words = Set.copyOf(Arrays.asList(args));
        // these need all verbs
        boolean all = words.contains("completion") || words.contains("warm-up");
        System.exit(commandLine(word -> all || words.contains(word)).execute(args));
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
        // JSON is UTF-8, independent of the locale
        return commandLine
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
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
        if (!LogFormat.isJson()) {
            return report(failure, err);
        }
        StringWriter text = new StringWriter();
        int exitCode = report(failure, new PrintWriter(text));
        LoggerFactory.getLogger(Offerflow.class).error(text.toString().strip());
        return exitCode;
    }

    private int report(Exception failure, PrintWriter err) {
        switch (failure) {
            case CliFailure known -> err.println("offerflow: " + known.getMessage());
            case FeedException known -> err.println(known.getMessage());
            case RegistryUnavailableException known -> err.println("offerflow: " + known.getMessage()
                    + " (--registry-url, OFFERFLOW_REGISTRY_URL)");
            case IncompatibleSchemaException known -> err.println("offerflow: " + known.getMessage());
            case ConfigException known -> err.println("offerflow: " + known.getMessage());
            case SandboxException known -> err.println("offerflow: " + known.getMessage());
            case AuthenticationException refused -> err.println("offerflow: The brokers refuse this user: "
                    + refused.getMessage());
            case AuthorizationException denied -> err.println("offerflow: The brokers deny this to this user: "
                    + denied.getMessage() + " (`offerflow prepare --access` says who may do what)");
            default -> err.println("offerflow: failed unexpectedly: " + failure
                    + (verbose ? "" : "; run it again with -v to see where"));
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return switch (failure) {
            case CliFailure known -> known.exitCode();
            case FeedException known -> ExitCode.USAGE;
            default -> ExitCode.FAILURE;
        };
    }
}
