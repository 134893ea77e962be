package io.offerflow.bench.micro;

import io.offerflow.bench.load.InMemoryOffers;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Prepares the last commands of a standard workload, each with the state that it meets. */
final class PreparedCommands {

    /** Number of prepared commands; a power of two. */
    static final int KEPT = 2048;

    static final JournalMapping.DecidedBy DECIDED_BY =
            new JournalMapping.DecidedBy("benchmark", Policy.DEFAULT.id());
    private static final int OFFERS = 250;
    private static final int COMMANDS = 10_000;

    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final AvroDecoder decoder;
    private final Projection outcomes = Projection.all(Locale.ENGLISH).stream()
            .filter(output -> output.topic() == Topic.COMMAND_OUTCOMES).findFirst().orElseThrow();
    private final InMemoryOffers offers = new InMemoryOffers();

    private PreparedCommands(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    static List<PreparedCommand> of(SchemaRegistry registry) {
        var folder = FileAccess.get("make a temporary folder", () -> Files.createTempDirectory("offerflow-micro"));
        try {
            Workload.write(WorkloadSpec.standard(COMMANDS, OFFERS), registry, 1, folder, false);
            PreparedCommands commands = new PreparedCommands(registry);
            List<PreparedCommand> all = new ArrayList<>();
            try (WorkloadReader workload = new WorkloadReader(folder)) {
                for (int number = 0; number < COMMANDS; number++) {
                    all.add(commands.take(workload.next(), number));
                }
            }
            return List.copyOf(all.subList(COMMANDS - KEPT, COMMANDS));
        } finally {
            FileAccess.deleteTree(folder);
        }
    }

    static OutputEncoder outputEncoder(SchemaRegistry registry) {
        return new OutputEncoder(registry, DECIDED_BY, Projection.all(Locale.ENGLISH));
    }

    private PreparedCommand take(WorkloadCommand command, int number) {
        InputMapping.DecodedInput input = mapping.fromAvro(decoder.decode(command.topic(), command.value()));
        SourceRecord origin = SourceRecord.received(command.topic().topicName(), 0, number,
                Instant.parse("2026-03-02T09:00:00Z").plusMillis(20L * number), Optional.of(command.key()),
                Optional.of(command.value()), List.of());
        OfferState before = new OfferState(input.key(), offers.facts(input.key()),
                StateRows.of(Map.copyOf(offers.rows(input.key()))));
        InMemoryOffers.AppliedEntry applied = offers.take(input, origin.appendedAt());
        Transition moment = new Transition(Optional.of(origin), before, applied.entry(),
                OfferEvolver.apply(before, applied.entry()));
        List<StoredRow> written = new ArrayList<>();
        applied.after().rows().changes().forEach((key, row) -> row.ifPresent(value ->
                written.add(new StoredRow(key, value, codec.encode(value)))));
        IndexedRecord outcome = outcomes.values().apply(moment).getFirst().value().orElseThrow();
        offers.store(applied);
        return new PreparedCommand(command.topic(), command.value(), origin, input.envelope(),
                before.header() == OfferHeader.NONE ? new byte[0] : codec.encode(before.header()), written, moment,
                outcome);
    }

    record StoredRow(RowKey key, StateRow row, byte[] bytes) {
    }

    /**
     * One command of a workload with everything that its parts are measured on.
     *
     * @param facts the stored facts of the offer; empty if there were none
     * @param rows the rows that the command writes
     */
    record PreparedCommand(Topic topic, byte[] value, SourceRecord origin, CommandEnvelope ask, byte[] facts,
            List<StoredRow> rows, Transition moment, IndexedRecord outcome) {

        boolean isAccepted(Class<? extends Command> kind) {
            return kind.isInstance(ask.command()) && moment.entry().decision() instanceof Decision.Accepted;
        }

        boolean isAcceptedSave() {
            return isAccepted(Command.SaveSection.class);
        }
    }
}
