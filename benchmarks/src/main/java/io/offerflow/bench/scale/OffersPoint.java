package io.offerflow.bench.scale;

import io.offerflow.bench.load.Item;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a command costs among so many offers. They are hit evenly, which no cache likes: with favourites among them the
 * cost grows less.
 */
final class OffersPoint {

    private static final int CHUNK = 500;

    private final Cell cell;
    private final Templates templates;
    private final int offers;
    private final byte[] done;
    private final Random random = new Random(3);

    private OffersPoint(Cell cell, Templates templates, int offers) {
        this.cell = cell;
        this.templates = templates;
        this.offers = offers;
        this.done = new byte[offers];
    }

    private record Ready(Topic topic, byte[] key, byte[] value) {
    }

    /** Fills stores under the folder, measures, closes and opens them again. */
    static Map<String, Double> measure(SchemaRegistry registry, Path folder, int offers, int commands,
            boolean factsInMemory) {
        Templates templates = Templates.make(registry, folder);
        Path stores = folder.resolve("stores");
        Map<String, Double> values = new LinkedHashMap<>(templates.sizes());
        try (Cell cell = new Cell(stores, registry, factsInMemory)) {
            templates.fill(offers, (store, offer, key, value) -> cell.store(store).put(key, value));
            Meter.awaitQuiet();
            OffersPoint point = new OffersPoint(cell, templates, offers);
            point.run(new Meter(), commands / 3);
            Meter meter = new Meter();
            point.run(meter, commands);
            values.putAll(meter.values());
            values.putAll(Meter.memory());
            values.put("stores MiB", Meter.sizeMiB(stores));
        }
        long begun = System.nanoTime();
        try (Cell again = new Cell(stores, registry, factsInMemory)) {
            again.facts(Templates.offer(offers / 2));
            values.put("open again ms", Meter.round((System.nanoTime() - begun) / 1e6));
        }
        return values;
    }

    private void run(Meter meter, int commands) {
        for (int taken = 0; taken < commands; taken += CHUNK) {
            List<Ready> chunk = new ArrayList<>();
            while (chunk.size() < CHUNK) {
                chunk.add(draw());
            }
            meter.count(CHUNK, () -> chunk.forEach(next -> cell.take(next.topic(), next.key(), next.value())));
        }
    }

    /** The next command of some offer that has one left; a command's id may be the same at two offers. */
    private Ready draw() {
        while (true) {
            int offer = random.nextInt(offers);
            List<Item> next = templates.of(offer).next();
            if (done[offer] < next.size()) {
                Item item = next.get(done[offer]++);
                return new Ready(item.topic(), StateCodec.key(Templates.offer(offer)),
                        cell.readdress(item.topic(), item.value(), Templates.offer(offer)));
            }
        }
    }
}
