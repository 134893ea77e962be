package io.offerflow.cli.notify;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb that reads or changes recipients or subscriptions. */
abstract class DirectoryVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    /** Does it; an {@code IllegalArgumentException} says what is wrong with the arguments. */
    abstract int run(Cluster cluster, DirectoryEditor editor) throws Exception;

    /** The topics that it needs besides recipients and subscriptions. */
    List<Topic> topics() {
        return List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void say(String line) {
        out().println(line);
        out().flush();
    }

    @Override
    public final Integer call() throws Exception {
        Cluster cluster = connection.connect(topics());
        try {
            return run(cluster, new DirectoryEditor(cluster::reader, cluster::producer, cluster.registry(),
                    Clock.systemUTC()));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "Nothing was changed: " + e.getMessage() + ".", e);
        }
    }
}
