package io.offerflow.bench.micro;

import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The later commands of the standard workload, each with the state it meets: what the benchmarks go round and round in. */
final class Cases {

    private static final int OFFERS = 250;
    private static final int COMMANDS = 10_000;
    /** A power of two. */
    static final int KEPT = 2048;

    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final AvroDecoder decoder;
    private final Projection outcomes = Projection.all(Locale.ENGLISH).stream()
            .filter(projection -> projection.topic() == Topic.COMMAND_OUTCOMES).findFirst().orElseThrow();
    private final Map<OfferKey, OfferHeader> facts = new HashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> rows = new HashMap<>();
    private final List<Case> cases = new ArrayList<>();

    private Cases(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    static List<Case> of(SchemaRegistry registry) {
        Cases cases = new Cases(registry);
        try {
            Path folder = Files.createTempDirectory("offerflow-micro");
            Workload.write(WorkloadSpec.standard(COMMANDS, OFFERS), registry, 1, folder, false);
            try (WorkloadFile.Reader items = new WorkloadFile.Reader(folder)) {
                for (int number = 0; number < COMMANDS; number++) {
                    cases.take(items.next().orElseThrow(), number, number >= COMMANDS - KEPT);
                }
            }
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a workload", e);
        }
        return List.copyOf(cases.cases);
    }

    /** The saves of sections that were accepted. */
    static List<Case> saves(List<Case> cases) {
        return accepted(cases, Command.SaveSection.class);
    }

    /** The results of steps that were accepted. */
    static List<Case> stepResults(List<Case> cases) {
        return accepted(cases, Command.ReportStepSucceeded.class);
    }

    private static List<Case> accepted(List<Case> cases, Class<? extends Command> kind) {
        return cases.stream().filter(one -> kind.isInstance(one.ask().command())
                && one.entry().decision() instanceof Decision.Accepted).toList();
    }

    private void take(Item item, int number, boolean kept) {
        InputMapping.DecodedInput envelope = mapping.fromAvro(decoder.decode(item.topic(), item.value()));
        Map<RowKey, StateRow> stored = rows.computeIfAbsent(envelope.key(), first -> new HashMap<>());
        Map<RowKey, StateRow> looked = new HashMap<>();
        OfferHeader known = facts.getOrDefault(envelope.key(), OfferHeader.NONE);
        OfferState before = new OfferState(envelope.key(), known, StateRows.of(key -> {
            Optional<StateRow> row = Optional.ofNullable(stored.get(key));
            row.ifPresent(found -> looked.put(key, found));
            return row;
        }));
        SourceRecord origin = new SourceRecord(item.topic().topicName(), 0, number,
                Instant.parse("2026-03-02T09:00:00Z").plusMillis(20L * number), Optional.of(item.key()),
                Optional.of(item.value()), List.of(), 1);
        Entry entry = engine.decide(before, envelope.envelope(), origin.appendedAt());
        OfferState after = OfferEvolver.apply(before, entry);
        if (kept) {
            cases.add(kept(item, origin, envelope, before, entry, after, looked));
        }
        facts.put(envelope.key(), after.header());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
    }

    private Case kept(Item item, SourceRecord origin, InputMapping.DecodedInput envelope, OfferState before, Entry entry,
            OfferState after, Map<RowKey, StateRow> looked) {
        // Rows that only the outputs look at have to be there as well.
        Projection.all(Locale.ENGLISH).forEach(output -> output.values()
                .apply(new Transition(Optional.of(origin), before, entry, after)));
        OfferState alone = new OfferState(before.key(), before.header(), StateRows.of(Map.copyOf(looked)));
        Transition moment = new Transition(Optional.of(origin), alone, entry, OfferEvolver.apply(alone, entry));
        List<Case.Stored> written = new ArrayList<>();
        after.rows().changes().forEach((key, row) -> row.ifPresent(value ->
                written.add(new Case.Stored(key, value, codec.encode(value)))));
        return new Case(item.topic(), item.value(), origin, envelope.envelope(), alone, before.header() == OfferHeader.NONE
                ? new byte[0] : codec.encode(before.header()), entry, List.copyOf(written), moment,
                outcomes.values().apply(moment).getFirst().value().orElseThrow());
    }
}
