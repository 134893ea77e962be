package io.offerflow.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.explain.Explain;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains the history of one offer. */
@Command(name = "explain", description = "Explain the history of an offer: when a command came and from whom, what was"
        + " decided by which rule, what changed, and which records were sent.",
        footer = {"", "Reads: offer-journal. Writes: nothing.",
            "Each rule is shown with its id in docs/rules.md and its sentence."})
final class ExplainCommand extends ReplayVerb {

    @Parameters(paramLabel = "PUBLISHER/OFFER", description = "The offer.")
    private String offer;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Not before this time.")
    private Optional<String> from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Not after this time.")
    private Optional<String> to;

    @Option(names = {"-o", "--output"}, defaultValue = "human",
            description = "human, or json: one object per line (${DEFAULT-VALUE}).")
    private ReportFormat output;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        Optional<Instant> begin;
        Optional<Instant> end;
        try {
            begin = ReplayPointParser.instant(from);
            end = ReplayPointParser.instant(to);
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
        boolean[] any = {false};
        new Explain(clients.journal(), clients.registry(), options).entries(offer(offer), begin, end, step -> {
            any[0] = true;
            if (output == ReportFormat.JSON) {
                out().println(json(step));
            } else {
                human(step);
            }
        });
        out().flush();
        if (!any[0]) {
            throw new CliFailure(ExitCode.FAILURE, "The journal has no entry of offer %s in that time."
                    .formatted(offer));
        }
        return ExitCode.DONE;
    }

    private void human(Explain.ExplainedEntry step) {
        out().printf("%s  entry %d, offer-journal-%d@%d, build %s%n", step.position().at(),
                step.position().sequence(), step.position().partition(), step.position().offset(), step.by().build());
        out().printf("  asked    %s%n", step.input().command().map(asked -> "%s by %s".formatted(asked,
                step.input().actor().orElse("an unknown actor"))).orElse("nothing: time passed"));
        out().printf("  decided  %s%s%n", step.decided().result(),
                step.decided().reason().map(reason -> " " + reason).orElse(""));
        step.decided().rules().forEach(rule -> out().printf("  by rule  %s: %s%n", rule.id(), rule.sentence()));
        step.decided().detail().ifPresent(detail -> out().printf("           %s%n", detail));
        step.decided().effects().forEach(effect -> out().printf("  happened %s%n", effect));
        step.changes().forEach((name, change) -> out().printf("  changed  %s: %s -> %s%n", name, change.before(),
                change.after()));
        if (!step.records().isEmpty()) {
            out().printf("  sent     %s%n", String.join(", ", step.records()));
        }
        out().println();
    }

    private static ObjectNode json(Explain.ExplainedEntry step) {
        Explain.ExplainedPosition position = step.position();
        Explain.ExplainedInput input = step.input();
        ObjectNode node = new ObjectMapper().createObjectNode().put("at", position.at().toString())
                .put("sequence", position.sequence()).put("partition", position.partition())
                .put("offset", position.offset()).put("actor", input.actor().orElse(null))
                .put("command", input.command().orElse(null)).put("source", input.source().orElse(null))
                .put("build", step.by().build()).put("policy", step.by().policy());
        node.set("decided", RulingJson.of(step.decided()));
        ObjectNode changes = node.putObject("changes");
        step.changes().forEach((name, change) -> changes.putObject(name).put("before", change.before())
                .put("after", change.after()));
        step.records().forEach(node.putArray("records")::add);
        return node;
    }
}
