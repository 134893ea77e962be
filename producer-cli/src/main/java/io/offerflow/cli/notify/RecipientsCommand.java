package io.offerflow.cli.notify;

import io.offerflow.avro.Recipients;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.TextTable;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The group of the verbs for recipients of e-mails. */
@Command(name = "recipients", description = "Say who receives the notifications of a publisher by e-mail, and explain"
        + " who received what.", synopsisSubcommandLabel = "VERB",
        subcommands = {RecipientsCommand.RecipientsSetCommand.class, RecipientsCommand.RecipientsListCommand.class,
            RecipientsCommand.RecipientsRemoveCommand.class, RecipientsExplainCommand.class})
public final class RecipientsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which verb?");
    }

    /** Sets the recipients of one publisher. */
    @Command(name = "set", description = "Set who receives the notifications of a publisher; replaces what was set"
            + " before.", footer = {"", "Each address gets a separate mail. Without --kind it gets all notifications.",
                "For example: offerflow recipients set contoso --to ann@contoso.example,bob@contoso.example"
                    + " --language fr --kind OFFER_LIVE,CERTIFICATION_FAILED"})
    static final class RecipientsSetCommand extends DirectoryVerb {

        @Parameters(paramLabel = "PUBLISHER", description = "The publisher.")
        private String publisher;

        @Option(names = "--to", paramLabel = "ADDRESS,...", split = ",", required = true,
                description = "The addresses, without names.")
        private List<String> addresses;

        @Option(names = "--language", paramLabel = "TAG", description = "Language of the mails, such as en or fr (the"
                + " language of each notification).")
        private Optional<String> language;

        @Option(names = "--kind", paramLabel = "KIND,...", split = ",", description = "Only these notifications, for"
                + " example OFFER_LIVE.")
        private List<String> kinds = List.of();

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            Recipients row = editor.setRecipients(publisher, addresses, language, kinds);
            say("%s: %s receive %s".formatted(publisher, String.join(", ", row.getAddresses()),
                    kinds.isEmpty() ? "all notifications" : String.join(", ", kinds)));
            return ExitCode.DONE;
        }
    }

    /** Lists the recipients of all publishers. */
    @Command(name = "list", description = "List the recipients of all publishers, or of one.")
    static final class RecipientsListCommand extends DirectoryVerb {

        @Parameters(arity = "0..1", paramLabel = "PUBLISHER", description = "Only this publisher.")
        private Optional<String> publisher;

        @Mixin
        private OutputOption output;

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            TextTable table = new TextTable("");
            new TreeMap<>(editor.read().recipients()).forEach((id, row) -> {
                if (publisher.isEmpty() || publisher.get().equals(id)) {
                    if (output.forPeople()) {
                        table.row(Style.STRONG, List.of(id, String.join(", ", row.getAddresses()),
                                Optional.ofNullable(row.getLanguage()).orElse(""),
                                row.getKinds().isEmpty() ? "all" : String.join(", ", row.getKinds())));
                    } else {
                        output.item(out(), AvroJson.write(row));
                    }
                }
            });
            table.print(out(), Terminal.detect(), 0);
            output.end(out());
            return ExitCode.DONE;
        }
    }

    /** Removes the recipients of one publisher. */
    @Command(name = "remove", description = "Remove the recipients of a publisher; mails that wait are not sent.")
    static final class RecipientsRemoveCommand extends DirectoryVerb {

        @Parameters(paramLabel = "PUBLISHER", description = "The publisher.")
        private String publisher;

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            boolean known = editor.read().recipients().containsKey(publisher);
            editor.removeRecipients(publisher);
            say(known ? "%s has no recipients any more".formatted(publisher)
                    : "%s had no recipients".formatted(publisher));
            return ExitCode.DONE;
        }
    }
}
