package io.offerflow.bench.scale;

import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.topology.OfferTopology;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Some offers half way through the standard workload's commands: what is stored of them, from which as many offers are
 * made as one likes, and the commands that come next.
 */
final class Templates {

    private static final int OFFERS = 100;
    private static final int COMMANDS_EACH = 60;

    /**
     * One of them.
     *
     * @param rows by what follows the offer's key in theirs
     * @param next the commands that come next, in order
     */
    record Template(byte[] facts, List<KeyValue<byte[], byte[]>> rows, List<Item> next) {
    }

    private final List<Template> all;

    private Templates(List<Template> all) {
        this.all = all;
    }

    /** Leads offers half way, on stores that are thrown away. */
    static Templates make(SchemaRegistry registry, Path folder) {
        WorkloadSpec spec = new WorkloadSpec(7, OFFERS * COMMANDS_EACH, OFFERS, 0, 0.03, 0.05, 1);
        Workload.write(spec, registry, 1, folder.resolve("workload"), false);
        Map<ByteBuffer, List<Item>> items = new LinkedHashMap<>();
        try (WorkloadFile.Reader commands = new WorkloadFile.Reader(folder.resolve("workload"))) {
            for (int number = 0; number < spec.commands(); number++) {
                Item item = commands.next().orElseThrow();
                items.computeIfAbsent(ByteBuffer.wrap(item.key()), first -> new ArrayList<>()).add(item);
            }
        }
        List<Template> all = new ArrayList<>();
        try (Cell cell = new Cell(folder.resolve("templates"), registry, false)) {
            items.forEach((key, commands) -> {
                int half = commands.size() / 2;
                commands.subList(0, half).forEach(item -> cell.take(item.topic(), item.key(), item.value()));
                byte[] facts = cell.store(OfferTopology.OFFERS).get(key.array());
                if (facts != null) {
                    all.add(new Template(facts, rows(cell, key.array()),
                            List.copyOf(commands.subList(half, commands.size()))));
                }
            });
        }
        return new Templates(List.copyOf(all));
    }

    private static List<KeyValue<byte[], byte[]>> rows(Cell cell, byte[] offer) {
        byte[] to = Arrays.copyOf(offer, offer.length + 1);
        to[offer.length] = 1;
        List<KeyValue<byte[], byte[]>> rows = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> found = cell.store(OfferTopology.CONTENTS)
                .range(Arrays.copyOf(offer, offer.length + 1), to)) {
            while (found.hasNext()) {
                KeyValue<byte[], byte[]> row = found.next();
                rows.add(KeyValue.pair(Arrays.copyOfRange(row.key, offer.length, row.key.length), row.value));
            }
        }
        return rows;
    }

    Template of(int offer) {
        return all.get(offer % all.size());
    }

    /** The offer of a number. */
    static OfferKey offer(int number) {
        return new OfferKey("contoso-%06d".formatted(number / 20), "shift-planner-%08d".formatted(number));
    }

    /** Told of everything that is stored of an offer. */
    interface Sink {
        void put(String store, byte[] offer, byte[] key, byte[] value);
    }

    /** Everything that is stored of these offers, one after another. */
    void fill(int offers, Sink sink) {
        for (int number = 0; number < offers; number++) {
            put(number, sink);
        }
    }

    /** Everything that is stored of one offer. */
    void put(int number, Sink sink) {
        byte[] id = StateCodec.key(offer(number));
        Template template = of(number);
        sink.put(OfferTopology.OFFERS, id, id, template.facts().clone()); // a store in memory keeps the very bytes
        for (KeyValue<byte[], byte[]> row : template.rows()) {
            sink.put(OfferTopology.CONTENTS, id, ByteBuffer.allocate(id.length + row.key.length).put(id).put(row.key)
                    .array(), row.value);
        }
    }

    /** Bytes of facts and of rows, of an offer on average, and how many rows it has. */
    Map<String, Double> sizes() {
        Map<String, Double> sizes = new LinkedHashMap<>();
        sizes.put("facts B", all.stream().mapToInt(template -> template.facts().length).average().orElse(0));
        sizes.put("rows", all.stream().mapToInt(template -> template.rows().size()).average().orElse(0));
        sizes.put("rows B", all.stream().mapToInt(template -> template.rows().stream()
                .mapToInt(row -> row.key.length + row.value.length).sum()).average().orElse(0));
        return sizes;
    }
}
