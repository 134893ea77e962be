package io.offerflow.cli.audience;

import io.offerflow.avro.AudienceIdType;
import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.PlanStatus;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.read.StatusSnapshot;
import io.offerflow.cli.render.StatusText;
import io.offerflow.contract.Topic;
import io.offerflow.contract.audience.AudienceCsv;
import io.offerflow.contract.audience.AudienceFileRow.RowKind;
import io.offerflow.contract.audience.AudienceFileRow;
import io.offerflow.contract.file.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the audience of a plan to a file. */
@Command(name = "export", description = {
    "Writes the audience of a plan to a file that import accepts (D29).",
    "Reads the topics plan-status and audience-members; the second one is readable for commerce only. Cells that a"
    + " spreadsheet would run as formulas start with an apostrophe."})
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "PUBLISHER/OFFER", description = "The offer.")
    private String offer;

    @Parameters(index = "1", paramLabel = "PLAN", description = "The plan.")
    private String planId;

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "The file to write; without it,"
            + " standard output.")
    private Optional<Path> file;

    @Option(names = "--live", description = "The published audience, which can buy now, instead of the saved one.")
    private boolean live;

    @Override
    public Integer call() throws IOException {
        Cluster cluster = connection.connect(List.of(Topic.PLAN_STATUS, Topic.AUDIENCE_MEMBERS));
        StatusSnapshot rows = new StatusSnapshot(cluster);
        PlanStatus plan = rows.plan(offer + "/" + planId).orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                "There is no plan %s of %s.".formatted(planId, offer)));
        Optional<AudienceNumber> number = Optional.ofNullable(live ? plan.getLiveAudience() : plan.getSavedAudience());
        AudienceNumber wanted = number.orElseThrow(() -> new CliFailure(ExitCode.FAILURE,
                "Plan %s of %s has no audience%s.".formatted(planId, offer, live ? " that can buy it now" : "")));
        List<AudienceFileRow> members = new ArrayList<>();
        rows.members(offer + "/" + planId + "/" + wanted.getGeneration() + "/").forEach(member -> {
            if (contains(member, wanted.getVersion())) {
                members.add(new AudienceFileRow(0, member.getId(), member.getType() == AudienceIdType.SUBSCRIPTION
                        ? RowKind.SUBSCRIPTION : RowKind.TENANT, Optional.ofNullable(member.getLabel())));
            }
        });
        write(members);
        return ExitCode.DONE;
    }

    private void write(List<AudienceFileRow> members) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        String text = AudienceCsv.text(members);
        if (file.isPresent()) {
            try {
                WholeFile.write(file.get(), text);
            } catch (IOException e) {
                throw CliFailure.unwritable(file.get(), e);
            }
        } else {
            spec.commandLine().getOut().write(text);
        }
        err.println(StatusText.count(members.size(), "row") + ".");
        err.flush();
    }

    /** The predicate that the documentation of audience-members gives. */
    private static boolean contains(AudienceMember member, long version) {
        return member.getIntervals().stream().anyMatch(interval -> interval.getFrom() <= version
                && (interval.getUntil() == null || version < interval.getUntil()));
    }
}
