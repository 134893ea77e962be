package io.offerflow.cli.replay;

import io.offerflow.avro.OfferStatus;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.explain.Explain;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Rebuilds one offer from the journal, as it was at some point. */
public final class PastOffer {

    private PastOffer() {
    }

    /**
     * The row of offer-status of an offer at an instant or entry.
     *
     * @param at an instant, or PARTITION:OFFSET of the journal
     * @param snapshots from which the replay may begin
     * @param report receives a sentence for each snapshot that is used or skipped
     * @throws CliFailure if the offer did not exist then, or the journal cannot be read
     */
    public static OfferStatus row(Cluster cluster, OfferKey offer, String at, SnapshotOptions snapshots,
            Consumer<String> report) throws IOException, InterruptedException {
        KafkaReplayCluster clients = cluster.forReplay();
        Path temporary = Files.createTempDirectory("offerflow-replay");
        try {
            return new Explain(clients.journal(), clients.registry(),
                    snapshots.apply(ReplayOptions.defaults(temporary), clients, report))
                    .offerAt(offer, ReplayPointParser.until(List.of(at)))
                    .flatMap(Explain.OfferAtPoint::row).map(OfferStatus.class::cast)
                    .orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                            "There was no offer %s at %s.".formatted(offer, at)));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--at: " + e.getMessage(), e);
        } catch (ReplayHaltedException | ReplayPreconditionException e) {
            throw new CliFailure(ExitCode.FAILURE, e.getMessage(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
