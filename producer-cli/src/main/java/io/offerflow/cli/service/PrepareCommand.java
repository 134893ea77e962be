package io.offerflow.cli.service;

import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ApplicationIdOption;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.runtime.BrokerFailure;
import io.offerflow.runtime.ClusterSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a cluster ready for the service. */
@Command(name = "prepare", description = "Make a cluster ready for the service: create the topics that are missing,"
        + " check all of them and, with --access, set the access rules. Can be run again at any time.",
        footer = {"", "For example: offerflow prepare --bootstrap-servers kafka:9093 --config admin.properties"
            + " --partitions 24 --replicas 3 --access"})
public final class PrepareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "24",
            description = "Partitions of each topic that is created; never changed later (${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--replicas", paramLabel = "N", defaultValue = "3",
            description = "Copies of each topic that is created (${DEFAULT-VALUE}).")
    private short replicas;

    @Option(names = "--access", description = "Allow each role what it needs; docs/operations.md lists the principals"
            + " of the roles.")
    private boolean access;

    @Mixin
    private ApplicationIdOption application;

    @Option(names = "--passwords", paramLabel = "FILE",
            description = "Lines of role=password: set these passwords at the brokers, for SCRAM-SHA-512.")
    private Optional<Path> passwords;

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || replicas < 1) {
            throw new CliFailure(ExitCode.USAGE, "--partitions and --replicas must be at least 1.");
        }
        try (Admin admin = connection.administrator()) {
            prepare(new ClusterSetup(admin));
            return ExitCode.DONE;
        } catch (ExecutionException e) {
            throw new CliFailure(ExitCode.FAILURE, BrokerFailure.sentence(connection.bootstrapServers(), e.getCause()),
                    e);
        }
    }

    private void prepare(ClusterSetup setup) throws InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        if (passwords.isPresent()) { // first, so that an unknown role is found before anything is created
            Map<String, String> byRole = read(passwords.get());
            byRole.remove("admin");
            setup.credentials(byRole);
            out.printf("passwords    set for %d roles%n", byRole.size());
        }
        List<String> created = setup.createTopics(partitions, replicas);
        out.printf("topics       %s%n", created.isEmpty() ? "all exist and are as they should be"
                : "created: " + String.join(", ", created));
        if (access) {
            out.printf("access       %d rules for the roles and the service %s%n", setup.allow(application.id()).size(),
                    application.id());
        }
        out.flush();
    }

    private static Map<String, String> read(Path path) {
        Properties properties;
        try {
            properties = TextFiles.properties(path);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, "The file %s cannot be read as lines of role=password: %s".formatted(
                    path, TextFiles.reason(e)), e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
