package io.offerflow.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.replay.explain.Explain;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one offer as it was. */
@Command(name = "show", description = "Show one offer as it was at an instant or entry.",
        footer = {"", "Reads: offer-journal. Writes: nothing.", "",
            "offerflow replay show contoso/shifts --at 2026-11-01T00:00Z"})
final class ShowCommand extends ReplayVerb {

    @Parameters(paramLabel = "PUBLISHER/OFFER", description = "The offer.")
    private String offer;

    @Option(names = "--at", paramLabel = "INSTANT|PARTITION:OFFSET", description = "The point in time (now).")
    private Optional<String> at;

    @Mixin
    private SnapshotOptions snapshots;

    @Option(names = {"-o", "--output"}, defaultValue = "human",
            description = "human, or json: its row of offer-status (${DEFAULT-VALUE}).")
    private ReportFormat output;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        ReplayBound until;
        try {
            until = ReplayPointParser.until(at.stream().toList());
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
        Explain.OfferAtPoint found = new Explain(clients.journal(), clients.registry(),
                beginning(snapshots, clients, options)).offerAt(offer(offer), until)
                .orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                        "The journal has no entry of offer %s%s.".formatted(offer,
                                at.map(when -> " up to " + when).orElse(""))));
        if (output == ReportFormat.JSON) {
            ObjectNode node = new ObjectMapper().createObjectNode().put("offer", offer)
                    .put("sequence", found.sequence());
            node.set("status", found.row().map(AvroJson::write).orElse(null));
            found.due().forEach(node.putArray("due")::add);
            out().println(node);
        } else {
            out().printf("%s after entry %d%s%n", offer, found.sequence(),
                    found.clock().map(clock -> ", " + clock).orElse(""));
            found.summary().forEach((name, value) -> out().printf("  %-32s %s%n", name, value));
            found.due().forEach(due -> out().printf("  due, but not applied yet: %s%n", due));
        }
        out().flush();
        return ExitCode.DONE;
    }
}
