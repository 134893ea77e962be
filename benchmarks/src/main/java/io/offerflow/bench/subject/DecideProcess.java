package io.offerflow.bench.subject;

import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.codec.InputMapping;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Main class of the ceiling: decide and apply over maps in memory, nothing decoded, encoded, stored or sent. */
final class DecideProcess {

    private static final int CHUNK = 10_000;

    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final Map<OfferKey, OfferHeader> facts = new HashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> rows = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    private DecideProcess() {
    }

    /** Says how many commands after the warm-up took how many ns by the clock and of processor time. */
    public static void main(String[] arguments) {
        Site site = Site.of(arguments);
        int commands = Integer.parseInt(Site.settings(arguments).get("commands"));
        DecideProcess process = new DecideProcess();
        Signals.ready();
        long wall = 0;
        long cpu = 0;
        int measured = 0;
        int done = 0;
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(site.registryUrl()));
                WorkloadFile.Reader workload = new WorkloadFile.Reader(site.workload())) {
            AvroDecoder decoder = new AvroDecoder(registry);
            InputMapping mapping = new InputMapping();
            while (done < commands) {
                List<InputMapping.DecodedInput> chunk = new ArrayList<>();
                Optional<Item> item = workload.next();
                while (item.isPresent()) {
                    chunk.add(mapping.fromAvro(decoder.decode(item.get().topic(), item.get().value())));
                    item = chunk.size() < Math.min(CHUNK, commands - done) ? workload.next() : Optional.empty();
                }
                long began = System.nanoTime();
                long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                chunk.forEach(process::take);
                if (done >= Bed.warmUp(commands)) {
                    cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used;
                    wall += System.nanoTime() - began;
                    measured += chunk.size();
                }
                done += chunk.size();
            }
        }
        Signals.say("decided", measured, wall, cpu);
        System.exit(0);
    }

    private void take(InputMapping.DecodedInput envelope) {
        Map<RowKey, StateRow> stored = rows.computeIfAbsent(envelope.key(), first -> new HashMap<>());
        OfferState before = new OfferState(envelope.key(), facts.getOrDefault(envelope.key(), OfferHeader.NONE),
                StateRows.of(stored));
        now = now.plusMillis(20);
        Entry entry = engine.decide(before, envelope.envelope(), now);
        OfferState after = OfferEvolver.apply(before, entry);
        facts.put(envelope.key(), after.header());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
    }
}
