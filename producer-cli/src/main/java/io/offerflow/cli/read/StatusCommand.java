package io.offerflow.cli.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Status;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.CountOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.render.TextTable;
import io.offerflow.cli.replay.PastOffer;
import io.offerflow.cli.replay.SnapshotOptions;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.OfferKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the status of offers. */
@Command(name = "status", description = {"Show the status of offers, those that need attention first; or everything"
    + " about one offer.",
    "Reads the topics offer-status and plan-status: a broker and the registry are all it needs."})
public final class StatusCommand implements Callable<Integer> {

    private static final int SHOWN = 50;

    /** The order of the offers. */
    enum SortOrder { ATTENTION, CHANGED, KEY }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private OutputOption output;

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Show everything about this offer.")
    private Optional<String> offer;

    @Option(names = "--at", paramLabel = "INSTANT|PARTITION:OFFSET", description = "The offer as it was then, rebuilt"
            + " from offer-journal; without its plans.")
    private Optional<String> at;

    @Mixin
    private SnapshotOptions snapshots;

    @Option(names = "--status", paramLabel = "STATUS", split = ",", description = "Only offers with these statuses:"
            + " draft, publish-in-progress, attention-needed, live, not-sold.")
    private List<String> statuses = List.of();

    @Option(names = "--publisher", paramLabel = "ID", description = "Only offers of this publisher.")
    private Optional<String> publisher;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only offers with this text in an id or the name.")
    private Optional<String> search;

    @Option(names = "--sort", paramLabel = "ORDER", defaultValue = "attention", description = "attention (failed runs,"
            + " late steps, previews that wait, then the newest change), changed or key (${DEFAULT-VALUE}).")
    private SortOrder order;

    @Option(names = "--limit", paramLabel = "N", converter = CountOption.class,
            description = "Number of offers that are shown (" + SHOWN
            + " for people, all in JSON).")
    private Optional<Integer> limit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (at.isPresent()) {
            return past(connection.connect(List.of(Topic.OFFER_JOURNAL)));
        }
        Cluster cluster = connection.connect(List.of(Topic.OFFER_STATUS, Topic.PLAN_STATUS));
        return offer.isPresent() ? one(cluster, offer.get()) : list(cluster);
    }

    private int past(Cluster cluster) throws IOException, InterruptedException {
        OfferKey key = offer.flatMap(OfferKey::parse).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "--at needs one offer, PUBLISHER/OFFER"));
        return shown(PastOffer.row(cluster, key, at.orElseThrow(), snapshots,
                spec.commandLine().getErr()::println), List.of());
    }

    private int one(Cluster cluster, String key) {
        StatusSnapshot.OfferRows found = new StatusSnapshot(cluster).offer(key);
        OfferStatus row = found.row().orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                "There is no offer %s.".formatted(key)));
        return shown(row, found.plans());
    }

    private int shown(OfferStatus row, List<PlanStatus> plans) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.forPeople()) {
            new OfferOverview(out, Terminal.detect(), Instant.now()).show(row, plans);
        } else {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("offer", AvroJson.write(row));
            ArrayNode array = json.putArray("plans");
            plans.forEach(plan -> array.add(AvroJson.write(plan)));
            output.only(out, json);
        }
        return ExitCode.DONE;
    }

    private int list(Cluster cluster) {
        List<Status> wanted = statuses.stream().map(this::status).toList();
        List<OfferStatus> all = new StatusSnapshot(cluster).offers(row -> matches(row, wanted)).stream()
                .sorted(comparator()).toList();
        int most = limit.orElse(output.forPeople() ? SHOWN : Integer.MAX_VALUE);
        List<OfferStatus> shown = all.subList(0, Math.min(most, all.size()));
        PrintWriter out = spec.commandLine().getOut();
        if (output.forPeople()) {
            table(shown).print(out, Terminal.detect(), 1);
            out.flush();
            spec.commandLine().getErr().printf("%s%s; times are UTC.%n", StatusText.count(all.size(), "offer"),
                    shown.size() < all.size() ? ", %,d shown (--limit)".formatted(shown.size()) : "");
            spec.commandLine().getErr().flush();
        } else {
            shown.forEach(row -> output.item(out, AvroJson.write(row)));
            output.end(out);
        }
        return ExitCode.DONE;
    }

    private static TextTable table(List<OfferStatus> rows) {
        TextTable table = new TextTable("");
        table.row(Style.STRONG, List.of("OFFER", "STATUS", "ON SALE", "CHANGED", "STEP", "NAME"));
        rows.forEach(row -> table.row(StatusText.style(row.getStatus()), List.of(
                row.getPublisherId() + "/" + row.getOfferId(), StatusText.status(row.getStatus()),
                row.getOnSale() ? Optional.ofNullable(row.getLive()).map(live -> "version " + live.getVersion())
                        .orElse("yes") : "no",
                InstantOption.shown(row.getChangedAt()), StatusText.currentStep(row).orElse("-"), row.getAlias())));
        return table;
    }

    private boolean matches(OfferStatus row, List<Status> wanted) {
        String text = (row.getPublisherId() + "/" + row.getOfferId() + " " + row.getAlias()).toLowerCase(Locale.ROOT);
        return (wanted.isEmpty() || wanted.contains(row.getStatus()))
                && publisher.map(row.getPublisherId()::equals).orElse(true)
                && search.map(part -> text.contains(part.toLowerCase(Locale.ROOT))).orElse(true);
    }

    private Comparator<OfferStatus> comparator() {
        return switch (order) {
            case ATTENTION -> AttentionRank.order(Instant.now());
            case CHANGED -> Comparator.comparing(OfferStatus::getChangedAt).reversed();
            case KEY -> Comparator.comparing(row -> row.getPublisherId() + "/" + row.getOfferId());
        };
    }

    private Status status(String text) {
        try {
            return Status.valueOf(text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, ("--status: expected draft, publish-in-progress, attention-needed,"
                    + " live or not-sold, but met \"%s\".").formatted(text), e);
        }
    }
}
