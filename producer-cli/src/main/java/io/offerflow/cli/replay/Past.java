package io.offerflow.cli.replay;

import io.offerflow.avro.OfferStatus;
import io.offerflow.cli.CliFailure;
import io.offerflow.cli.ExitCode;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.domain.OfferKey;
import io.offerflow.replay.Explain;
import io.offerflow.replay.KafkaReplayCluster;
import io.offerflow.replay.RefusedException;
import io.offerflow.replay.ReplayOptions;
import io.offerflow.replay.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One offer as it was, made again from the journal. */
public final class Past {

    private Past() {
    }

    /**
     * The offer's row of offer-status at an instant or entry.
     *
     * @param at an instant, or PARTITION:OFFSET of the journal
     * @throws CliFailure if there was no such offer then, or the journal cannot tell
     */
    public static OfferStatus row(Cluster cluster, OfferKey offer, String at) throws IOException {
        KafkaReplayCluster clients = cluster.forReplay();
        Path temporary = Files.createTempDirectory("offerflow-replay");
        try {
            return new Explain(clients.journal(), clients.registry(), ReplayOptions.defaults(temporary))
                    .standing(offer, Moments.until(List.of(at))).flatMap(Explain.Standing::row).map(OfferStatus.class::cast)
                    .orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                            "There was no offer %s at %s.".formatted(offer, at)));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--at: " + e.getMessage(), e);
        } catch (StoppedException | RefusedException e) {
            throw new CliFailure(ExitCode.FAILURE, e.getMessage(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
