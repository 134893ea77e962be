package io.offerflow.cli.replay;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.IOException;
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

/** What the verbs have in common: the cluster, the way they run, and failures as sentences. */
abstract class ReplayVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection cluster;

    @Mixin
    private RunOptions running;

    /** Does it, with a folder of its own for what does not fit into memory. */
    abstract int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception;

    /** Topics that have to be there. */
    List<Topic> topics() {
        return List.of(Topic.OFFER_JOURNAL);
    }

    @Override
    public Integer call() throws Exception {
        Cluster connected = cluster.connect(topics());
        Path temporary = Files.createTempDirectory("offerflow-replay");
        try (ReplayProgressBar bar = ReplayProgressBar.on(err(), running.shown())) {
            return run(connected.forReplay(), running.options(temporary, bar));
        } catch (ReplayHaltedException | ReplayPreconditionException e) {
            throw new CliFailure(ExitCode.FAILURE, sentence(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new CliFailure(ExitCode.FAILURE, sentence(e.getMessage()) + ".", e);
        } finally {
            delete(temporary);
        }
    }

    private static void delete(Path temporary) throws IOException {
        Files.deleteIfExists(temporary);
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    ParameterException usage(String sentence, Object... values) {
        return new ParameterException(spec.commandLine(), sentence.formatted(values));
    }

    OfferKey offer(String text) {
        return OfferKey.parse(text).orElseThrow(() -> usage("\"%s\" is not PUBLISHER/OFFER, such as contoso/shifts",
                text));
    }
}
