package io.offerflow.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CountOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the newest journal entries of an offer. */
@Command(name = "history", description = {"Show the commands that came for an offer, the decisions and the events,"
    + " oldest first.",
    "Reads the offer's partition of the journal backwards from its end, as far as necessary."})
public final class HistoryCommand implements Callable<Integer> {

    private static final String INDENT = "        ";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "PUBLISHER/OFFER", description = "The offer.")
    private String offer;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", converter = CountOption.class,
            description = "Number of entries, the newest ones (${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        Cluster cluster = connection.connect(List.of(Topic.OFFER_JOURNAL));
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        RecordFormat format = new RecordFormat(Topic.OFFER_JOURNAL, cluster.registry(), Terminal.PLAIN);
        PrintWriter out = spec.commandLine().getOut();
        List<ConsumerRecord<byte[], byte[]>> records = ReverseReader.newest(cluster, Topic.OFFER_JOURNAL, offer, limit);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value());
            Optional<IndexedRecord> input = input(decoder, entry);
            output.show(out, () -> human(entry, input), () -> format.json(record)
                    .set("command", input.<JsonNode>map(AvroJson::write).orElse(null)));
        }
        output.end(out);
        if (records.isEmpty()) {
            spec.commandLine().getErr().println("There are no entries of " + offer + ".");
        }
        return ExitCode.DONE;
    }

    /** The input, if it could be read. */
    private static Optional<IndexedRecord> input(AvroDecoder decoder, JournalEntry entry) {
        Optional<JournalInput> recorded = Optional.ofNullable(entry.getInput()).filter(any -> any.getValue() != null
                && entry.getResult() != EntryResult.QUARANTINED);
        try {
            return recorded.map(given -> decoder.decode(Topic.named(given.getSource().getTopic()).orElseThrow(),
                    bytes(given.getValue())));
        } catch (NotWireFormatException | UnreadableValueException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    private static List<String> human(JournalEntry entry, Optional<IndexedRecord> input) {
        Terminal terminal = Terminal.detect();
        boolean good = entry.getResult() == EntryResult.ACCEPTED || entry.getResult() == EntryResult.NONE;
        StringBuilder text = new StringBuilder("%4d  %s  %s".formatted(entry.getSequence(),
                terminal.paint(Style.FAINT, InstantOption.shown(entry.getNow())), what(entry, input)));
        if (entry.getKind() == EntryKind.INPUT) {
            text.append(": ").append(terminal.paint(good ? Style.GOOD : Style.BAD,
                    entry.getResult().name().toLowerCase(Locale.ROOT)));
            Optional.ofNullable(entry.getReason()).ifPresent(reason -> text.append(", ").append(reason));
            text.append(entry.getRule().isEmpty() ? "" : "  by " + entry.getRule());
        }
        List<String> lines = new ArrayList<>(List.of(text.toString()));
        Optional.ofNullable(entry.getDetail()).ifPresent(detail -> lines.add(INDENT + detail));
        events(entry).forEach(event -> lines.add(INDENT + event));
        return lines;
    }

    private static String what(JournalEntry entry, Optional<IndexedRecord> input) {
        if (entry.getKind() != EntryKind.INPUT) {
            return "time passed";
        }
        return input.map(record -> "%s by %s".formatted(
                ((GenericContainer) field(record, "payload")).getSchema().getName(),
                field(record, "actor"))).orElse("an input that could not be read");
    }

    private static Object field(IndexedRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }

    private static List<String> events(JournalEntry entry) {
        List<String> events = new ArrayList<>();
        Stream<String> due = entry.getDue().stream().map(event -> event(event.getEvent()) + ", due "
                + InstantOption.shown(event.getAt()) + (event.getRule().isEmpty() ? "" : "  by " + event.getRule()));
        Stream.concat(due, entry.getEvents().stream().map(HistoryCommand::event)).forEach(events::add);
        return events;
    }

    /** The name of an event and its simple fields. */
    private static String event(Object event) {
        JsonNode fields = AvroJson.write((IndexedRecord) event);
        String shown = fields.properties().stream().filter(field -> field.getValue().isValueNode()
                && !field.getValue().isNull()).map(field -> field.getKey() + " " + field.getValue().asText())
                .collect(Collectors.joining(", "));
        return ((GenericContainer) event).getSchema().getName() + (shown.isEmpty() ? "" : ": " + shown);
    }
}
