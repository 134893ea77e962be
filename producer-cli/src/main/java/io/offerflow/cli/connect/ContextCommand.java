package io.offerflow.cli.connect;

import io.offerflow.cli.console.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and chooses the clusters that the user works with. */
@Command(name = "context", description = {"Show the clusters that you work with, and choose one.",
    "They are stored in one file: $OFFERFLOW_CLI_CONTEXTS, or else offerflow/contexts.properties in"
            + " $XDG_CONFIG_HOME or ~/.config."},
        synopsisSubcommandLabel = "(list | show | use)",
        footer = {"", "The file, for example:",
            "  current=test",
            "  test.bootstrap.servers=kafka.test.example:9092",
            "  test.schema.registry.url=http://registry.test.example:8081",
            "  live.bootstrap.servers=kafka.example:9093",
            "  live.schema.registry.url=https://registry.example",
            "  live.config=/etc/offerflow/live-client.properties"})
public final class ContextCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        list();
    }

    @Command(name = "list", description = "List all contexts; a star marks the current one.")
    int list() {
        Contexts contexts = contexts();
        PrintWriter out = spec.commandLine().getOut();
        contexts.names().forEach(name -> out.println((contexts.current().filter(name::equals).isPresent() ? "* " : "  ")
                + name + "\t" + contexts.settings(name).getOrDefault(ConnectionSettings.BOOTSTRAP, "")));
        out.flush();
        if (contexts.names().isEmpty()) {
            spec.commandLine().getErr().println("There are no contexts in " + contexts.file() + ".");
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show the settings of a context, without secrets.")
    int show(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
        Map<String, String> settings = contexts().settings(name);
        PrintWriter out = spec.commandLine().getOut();
        settings.forEach((key, value) -> out.println(key + "=" + (isSecret(key) ? "***" : value)));
        out.flush();
        return ExitCode.DONE;
    }

    @Command(name = "use", description = "Make a context the current one.")
    int use(@Parameters(paramLabel = "NAME", description = "The context.") String name) throws IOException {
        contexts().use(name);
        spec.commandLine().getErr().println("The current context is " + name + ".");
        return ExitCode.DONE;
    }

    private static Contexts contexts() {
        return Contexts.read(Contexts.defaultFile(System.getenv()));
    }

    private static boolean isSecret(String key) {
        return key.contains("password") || key.contains("jaas") || key.contains("user.info") || key.contains("secret")
                || key.endsWith(".key");
    }
}
