package io.offerflow.cli.audience;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.feed.NameBasedId;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.send.EnvelopeOptions;
import io.offerflow.cli.send.MessageSend;
import io.offerflow.cli.send.UntilOption;
import io.offerflow.cli.send.WaitOptions;
import io.offerflow.contract.Topic;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** Replaces the saved audience of a plan by that of a file. */
@Command(name = "import", sortOptions = false, description = {
    "Replaces the saved audience of a plan by the one of a file, all or nothing (A2, D29).", "",
    "Rule: taken for a plan that is private in the draft or on sale, with --yes; otherwise PLAN_NOT_PRIVATE,"
    + " AUDIENCE_LIMIT, CSV_INVALID or CONFIRMATION_REQUIRED. Customers are not concerned before the next publish or"
    + " `audience sync`.", "",
    "The file has the columns ID, Description and Type, found by their names in the first line. ID is a GUID in small"
    + " letters, Type is TenantID or SubscriptionId, Description has at most 1,000 characters. An apostrophe in"
    + " front of"
    + " a character by which a spreadsheet begins a formula is taken away, as export has added it. The whole file is"
    + " checked first. It is sent in chunks of at most 500 rows, and a chunk that is refused drops all of it."},
        footer = {"", "For example: offerflow audience import contoso/shifts pilot pilot-customers.csv --yes --wait"})
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private EnvelopeOptions envelope;

    @Parameters(index = "1", paramLabel = "PLAN", description = "The plan.")
    private String planId;

    @Parameters(index = "2", paramLabel = "FILE", description = "The CSV file.")
    private Path file;

    @Option(names = "--yes", description = "You have confirmed that the audience is replaced (B38).")
    private boolean confirmed;

    @Mixin
    private WaitOptions waiting;

    @Mixin
    private OutputOption output;

    @Mixin
    private Connection connection;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file)) {
            throw new CliFailure(ExitCode.USAGE, "There is no file " + file + ".");
        }
        List<AudienceFileRow> members = AudienceCsv.read(file);
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
        err.printf("%s: %,d row%s in %d chunk%s.%n", file.getFileName(), members.size(), members.size() == 1 ? "" : "s",
                messages.size(), messages.size() == 1 ? "" : "s");
        err.flush();
        int exitCode = new MessageSend(connection, waiting, new UntilOption(), output, spec.commandLine().getOut(), err)
                .send(messages);
        // a chunk that is refused drops the others, too
        return exitCode == ExitCode.PARTLY_FAILED ? ExitCode.REJECTED : exitCode;
    }
}
