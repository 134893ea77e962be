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

/** Rebuilds one offer from the journal, as it was at some point. */
public final class PastOffer {

    private PastOffer() {
    }

    /**
     * The row of offer-status of an offer at an instant or entry.
     *
     * @param at an instant, or PARTITION:OFFSET of the journal
     * @throws CliFailure if the offer did not exist then, or the journal cannot be read
     */
    public static OfferStatus row(Cluster cluster, OfferKey offer, String at) throws IOException {
        KafkaReplayCluster clients = cluster.forReplay();
        Path temporary = Files.createTempDirectory("offerflow-replay");
        try {
            return new Explain(clients.journal(), clients.registry(), ReplayOptions.defaults(temporary))
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
