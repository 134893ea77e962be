package io.offerflow.cli.replay;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.ProgressLine;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The common part of the replay verbs: the cluster, the options of the run, and failures as sentences. */
abstract class ReplayVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection cluster;

    @Mixin
    private RunOptions running;

    /** Runs the verb; the options name a temporary directory for state that does not fit into memory. */
    abstract int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception;

    /** The topics that have to exist. */
    List<Topic> topics() {
        return List.of(Topic.OFFER_JOURNAL);
    }

    @Override
    public Integer call() throws Exception {
        Cluster connected = cluster.connect(topics());
        Path temporary = Files.createTempDirectory("offerflow-replay");
        try (ProgressLine progress = running.progress(err())) {
            return run(connected.forReplay(), running.options(temporary, progress));
        } catch (ReplayHaltedException | ReplayPreconditionException e) {
            throw new CliFailure(ExitCode.FAILURE, sentence(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new CliFailure(ExitCode.FAILURE, sentence(e.getMessage()) + ".", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }

    /** The options with the snapshots from which the replay may begin. */
    ReplayOptions beginning(SnapshotOptions snapshots, KafkaReplayCluster clients, ReplayOptions options)
            throws InterruptedException {
        return snapshots.apply(options, clients, line -> tell("%s", line));
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a sentence for people. */
    void tell(String sentence, Object... values) {
        err().printf(sentence + "%n", values);
        err().flush();
    }

    ParameterException usage(String sentence, Object... values) {
        return new ParameterException(spec.commandLine(), sentence.formatted(values));
    }

    OfferKey offer(String text) {
        return OfferKey.parse(text).orElseThrow(() -> usage("\"%s\" is not PUBLISHER/OFFER, such as contoso/shifts",
                text));
    }
}
