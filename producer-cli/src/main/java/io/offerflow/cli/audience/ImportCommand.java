package io.offerflow.cli.audience;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.CommandHelp;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.send.EnvelopeOptions;
import io.offerflow.cli.send.MessageSend;
import io.offerflow.cli.send.UntilOption;
import io.offerflow.cli.send.WaitOptions;
import io.offerflow.contract.NameBasedId;
import io.offerflow.contract.Topic;
import io.offerflow.contract.audience.AudienceCsv;
import io.offerflow.contract.audience.AudienceFileRow;
import io.offerflow.contract.audience.ImportChunker;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replaces the saved audience of a plan with the audience in a file. */
@Command(name = "import", sortOptions = false, description = {
    "Replaces the saved audience of a plan with the audience in a file, all or nothing (A2, D29). Customers see it"
    + " after the next publish or `audience sync`.", "",
    "The file has the columns ID, Description and Type, found by their names in the first line. ID is a GUID in lower"
    + " case, Type is TenantID or SubscriptionId. Where export put an"
    + " apostrophe before a character that starts a formula, import removes it. The whole file is checked first. It is"
    + " sent in chunks of at most 500 rows; if one chunk is refused, the import is dropped."})
final class ImportCommand implements Callable<Integer> {

    static final CommandHelp HELP = CommandHelp.EMPTY
            .meets(Rule.A2, Rule.B34, Rule.B20, Rule.V19, Rule.V20, Rule.V21, Rule.V23, Rule.B38, Rule.O33)
            .refusedAs(Reason.PLAN_NOT_PRIVATE, Reason.CSV_INVALID, Reason.AUDIENCE_LIMIT, Reason.AUDIENCE_EMPTY,
                    Reason.IMPORT_INCOMPLETE, Reason.CONFIRMATION_REQUIRED, Reason.PLAN_NOT_FOUND,
                    Reason.OFFER_NOT_FOUND)
            .example("contoso/shifts pilot pilot-customers.csv --yes --wait");

    @Spec
    private CommandSpec spec;

    @Mixin
    private EnvelopeOptions envelope;

    @Parameters(index = "1", paramLabel = "PLAN", description = "The plan.")
    private String planId;

    @Parameters(index = "2", paramLabel = "FILE", description = "The CSV file.")
    private Path file;

    @Option(names = "--yes", description = "Confirms that the audience is replaced (B38).")
    private boolean confirmed;

    @Mixin
    private WaitOptions waiting;

    @Mixin
    private OutputOption output;

    @Mixin
    private Connection connection;

    @Override
    public Integer call() throws Exception {
        List<AudienceFileRow> members;
        try {
            members = AudienceCsv.read(file);
        } catch (IOException e) {
            throw CliFailure.unreadable(file, e);
        }
        UUID importId = UUID.randomUUID();
        List<Message> messages = new ArrayList<>();
        for (ObjectNode payload : ImportChunker.payloads(planId, importId, members, confirmed)) {
            ObjectNode value = envelope.value().put("commandId",
                    NameBasedId.of(importId.toString(), Integer.toString(messages.size())).toString());
            value.putObject("payload").set("ImportAudience", payload);
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("topic", Topic.OFFER_COMMANDS.topicName());
            messages.add(FeedParser.message(line.set("value", value), Instant.now()));
        }
        PrintWriter err = spec.commandLine().getErr();
        err.printf("%s: %s in %s.%n", file.getFileName(), StatusText.count(members.size(), "row"),
                StatusText.count(messages.size(), "chunk"));
        err.flush();
        int exitCode = new MessageSend(connection, waiting, new UntilOption(), output, spec.commandLine().getOut(), err)
                .send(messages);
        // one refused chunk drops the whole import
        return exitCode == ExitCode.PARTLY_FAILED ? ExitCode.REJECTED : exitCode;
    }
}
