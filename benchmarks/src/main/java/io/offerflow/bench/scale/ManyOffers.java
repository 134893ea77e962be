package io.offerflow.bench.scale;

import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.CpuMeter;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.topology.OfferTopology;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.Stores;

/**
 * The cost of a command among many offers. Commands hit offers uniformly, which is the worst case for a cache: with a
 * skewed distribution the cost grows less.
 */
final class ManyOffers {

    private static final int CHUNK = 500;

    private final ProcessorHarness processor;
    private final OfferTemplates templates;
    private final int offers;
    private final byte[] done;
    private final Random random = new Random(3);

    private ManyOffers(ProcessorHarness processor, OfferTemplates templates, int offers) {
        this.processor = processor;
        this.templates = templates;
        this.offers = offers;
        this.done = new byte[offers];
    }

    /** Fills stores in the folder, measures, closes them and opens them again. */
    static Map<String, Double> measure(SchemaRegistry registry, Path folder, int offers, int commands,
            boolean factsInMemory) {
        OfferTemplates templates = new OfferTemplates(registry, folder);
        Path stores = folder.resolve("stores");
        Map<String, Double> values = templates.sizes();
        Supplier<ProcessorHarness> open = () -> new ProcessorHarness(0, 1, stores, registry, name -> factsInMemory
                && name.equals(OfferTopology.OFFERS) ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name));
        try (ProcessorHarness processor = open.get()) {
            templates.fill(offers, (store, offer, key, value) -> processor.store(store).put(key, value));
            CpuMeter.awaitQuiet();
            ManyOffers point = new ManyOffers(processor, templates, offers);
            point.run(new CpuMeter(), commands / 3);
            CpuMeter meter = new CpuMeter();
            point.run(meter, commands);
            values.putAll(meter.values());
            values.putAll(CpuMeter.memory());
            values.put("stores MiB", CpuMeter.sizeMiB(stores));
        }
        long begun = System.nanoTime();
        try (ProcessorHarness again = open.get()) {
            again.facts(OfferTemplates.offer(offers / 2));
            values.put("open again ms", (System.nanoTime() - begun) / 1e6);
        }
        return values;
    }

    private void run(CpuMeter meter, int commands) {
        for (int taken = 0; taken < commands; taken += CHUNK) {
            var chunk = Stream.generate(this::draw).limit(CHUNK).toList();
            meter.measure(CHUNK, () -> chunk.forEach(processor::takeOnly));
        }
    }

    /** The next command of an offer that has one left; commands of two offers may have the same id. */
    private WorkloadCommand draw() {
        while (true) {
            int number = random.nextInt(offers);
            if (done[number] < templates.of(number).next().size()) {
                return templates.next(number, done[number]++);
            }
        }
    }
}
