package io.offerflow.cli.read;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.cli.render.StatusText;
import io.offerflow.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the answers to commands. */
@Command(name = "outcomes", description = "Show the outcomes of commands, oldest first; they are kept for 7 days.")
public final class OutcomesCommand extends RecordsCommand<CommandOutcome> {

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only those of this offer.")
    private Optional<String> offer;

    @Option(names = "--result", paramLabel = "RESULT", split = ",", description = "Only these: accepted, rejected,"
            + " duplicate, ignored.")
    private List<Result> results = List.of();

    @Option(names = "--command-id", paramLabel = "UUID", description = "Only those of this command.")
    private Optional<String> commandId;

    public OutcomesCommand() {
        super(Topic.COMMAND_OUTCOMES, CommandOutcome.class);
    }

    @Override
    Optional<String> offer() {
        return offer;
    }

    @Override
    boolean wanted(CommandOutcome outcome) {
        return (results.isEmpty() || results.contains(outcome.getResult()))
                && commandId.map(outcome.getCommandId()::equals).orElse(true);
    }

    @Override
    List<String> human(ConsumerRecord<byte[], byte[]> record, CommandOutcome outcome, Terminal terminal) {
        boolean accepted = outcome.getResult() == Result.ACCEPTED;
        StringBuilder text = new StringBuilder("%s  %s  %s  %s".formatted(
                terminal.paint(Style.FAINT, InstantOption.shown(outcome.getDecidedAt())),
                RecordFormat.key(record).orElse("(no key)"), outcome.getCommand(),
                terminal.paint(accepted ? Style.GOOD : Style.BAD,
                        outcome.getResult().name().toLowerCase(Locale.ROOT))));
        Optional.ofNullable(outcome.getReason()).ifPresent(reason -> text.append("  ").append(reason));
        text.append(outcome.getRule().isEmpty() ? "" : "  by " + outcome.getRule());
        if (outcome.getValidateOnly()) {
            text.append("  (validated only)");
        }
        List<String> lines = new ArrayList<>(List.of(text.toString()));
        Optional.ofNullable(outcome.getDetail()).ifPresent(detail -> lines.add("    " + detail));
        outcome.getProblems().forEach(problem -> lines.add("    - " + StatusText.problem(problem)));
        return lines;
    }
}
