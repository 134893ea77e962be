package io.offerflow.cli.read;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.replay.RetryCommand;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.BytesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The group of the verbs for inputs that could not be read. */
@Command(name = "quarantine", description = "Show inputs that could not be read; they are kept for 30 days.",
        synopsisSubcommandLabel = "(list | show | retry)",
        subcommands = {QuarantineCommand.QuarantineListCommand.class, QuarantineCommand.QuarantineShowCommand.class,
            RetryCommand.class})
public final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which one: list or show?");
    }

    /** The coordinates of the input, as users type them. */
    private static String coordinates(QuarantinedRecord record) {
        return "%s-%d@%d".formatted(record.getSource().getTopic(), record.getSource().getPartition(),
                record.getSource().getOffset());
    }

    /** Shows all of them, one after the other. */
    @Command(name = "list",
            description = "List the inputs: when and where each was found, why it was not read, and what to do.")
    static final class QuarantineListCommand extends RecordsCommand<QuarantinedRecord> {

        @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only those with this key.")
        private Optional<String> offer;

        @Option(names = "--reason", paramLabel = "REASON", split = ",", description = "Only these, for example"
                + " WRONG_PARTITION.")
        private List<QuarantineReason> reasons = List.of();

        QuarantineListCommand() {
            super(Topic.QUARANTINE, QuarantinedRecord.class);
        }

        @Override
        Optional<String> offer() {
            return offer;
        }

        @Override
        boolean wanted(QuarantinedRecord record) {
            return reasons.isEmpty() || reasons.contains(record.getReason());
        }

        @Override
        List<String> human(ConsumerRecord<byte[], byte[]> record, QuarantinedRecord value, Terminal terminal) {
            return List.of("%s  %s  %s  %s".formatted(
                    terminal.paint(Style.FAINT, InstantOption.shown(value.getAppendedAt())), coordinates(value),
                    terminal.paint(Style.BAD, value.getReason().name()),
                    Optional.ofNullable(value.getKey()).map(BytesText::shown).orElse("(no key)")),
                    "    " + value.getDetail(), "    " + value.getAdvice());
        }
    }

    /** Shows one of them completely. */
    @Command(name = "show", description = "Show one input completely.")
    static final class QuarantineShowCommand extends RecordsCommand<QuarantinedRecord> {

        @Parameters(paramLabel = "TOPIC-PARTITION@OFFSET",
                description = "The coordinates of the input, as list shows them.")
        private String source;

        private boolean found;

        QuarantineShowCommand() {
            super(Topic.QUARANTINE, QuarantinedRecord.class);
        }

        @Override
        public Integer call() throws Exception {
            super.call();
            if (!found) {
                throw new CliFailure(ExitCode.FAILURE, "No input from %s is in quarantine.".formatted(source));
            }
            return ExitCode.DONE;
        }

        @Override
        Optional<String> offer() {
            return Optional.empty();
        }

        @Override
        boolean wanted(QuarantinedRecord record) {
            boolean wanted = source.equals(coordinates(record));
            found |= wanted;
            return wanted;
        }

        @Override
        List<String> human(ConsumerRecord<byte[], byte[]> record, QuarantinedRecord value, Terminal terminal) {
            List<String> text = new ArrayList<>();
            text.add("%s  %s".formatted(terminal.paint(Style.STRONG, coordinates(value)),
                    terminal.paint(Style.BAD, value.getReason().name())));
            line(text, "what", value.getDetail());
            line(text, "advice", value.getAdvice());
            line(text, "appended", InstantOption.shown(value.getAppendedAt()) + " UTC");
            line(text, "command", Optional.ofNullable(value.getCommandId()).orElse("(its id could not be read)"));
            line(text, "key", Optional.ofNullable(value.getKey()).map(BytesText::shown).orElse("(none)"));
            value.getHeaders().forEach(header -> line(text, "header", header.getName() + ": "
                    + Optional.ofNullable(header.getValue()).map(BytesText::shown).orElse("(no value)")));
            value.getCut().forEach(cut -> line(text, "cut", "%s of %,d bytes, SHA-256 %s".formatted(cut.getPart(),
                    cut.getSize(), cut.getSha256())));
            line(text, "size", Optional.ofNullable(value.getValue()).map(bytes -> "%,d bytes".formatted(
                    bytes.remaining())).orElse("(no value)"));
            Optional.ofNullable(value.getValue()).ifPresent(bytes -> line(text, "value", BytesText.shown(bytes)));
            return text;
        }

        private static void line(List<String> text, String name, String value) {
            text.add("  %-9s %s".formatted(name, value));
        }
    }
}
