package io.offerflow.bench.scale;

import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.topology.OfferTopology;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.streams.KeyValue;

/**
 * Offers after half of their commands of a workload: their stored state, of which any number of offers is made, and
 * their next commands.
 */
final class OfferTemplates {

    private static final int OFFERS = 100;
    private static final int COMMANDS_PER_OFFER = 60;

    /**
     * One offer.
     *
     * @param rows with the part of the key that follows the offer's
     * @param next its next commands, in order
     */
    record OfferTemplate(byte[] facts, List<KeyValue<byte[], byte[]>> rows, List<WorkloadCommand> next) {
    }

    /** Receives the entries of stores. */
    interface EntrySink {
        void put(String store, byte[] offer, byte[] key, byte[] value);
    }

    private final AvroDecoder decoder;
    private final AvroEncoder encoder;
    private final List<OfferTemplate> all = new ArrayList<>();

    /** Runs the first commands on temporary stores. */
    OfferTemplates(SchemaRegistry registry, Path folder) {
        decoder = new AvroDecoder(registry);
        encoder = new AvroEncoder(registry, Topic.inputs());
        WorkloadSpec spec = new WorkloadSpec(7, OFFERS * COMMANDS_PER_OFFER, OFFERS, 0, WorkloadSpec.DUPLICATES,
                WorkloadSpec.ILLEGAL, 1);
        Workload.write(spec, registry, 1, folder.resolve("workload"), false);
        Map<ByteBuffer, List<WorkloadCommand>> byOffer = new LinkedHashMap<>();
        try (WorkloadReader workload = new WorkloadReader(folder.resolve("workload"))) {
            for (int number = 0; number < spec.commands(); number++) {
                WorkloadCommand command = workload.next();
                byOffer.computeIfAbsent(ByteBuffer.wrap(command.key()), first -> new ArrayList<>()).add(command);
            }
        }
        try (ProcessorHarness processor = ProcessorHarness.onDisk(folder.resolve("templates"), registry)) {
            byOffer.forEach((key, commands) -> {
                int half = commands.size() / 2;
                commands.subList(0, half).forEach(processor::takeOnly);
                byte[] facts = processor.store(OfferTopology.OFFERS).get(key.array());
                if (facts != null) {
                    all.add(new OfferTemplate(facts, rows(processor, key.array()),
                            List.copyOf(commands.subList(half, commands.size()))));
                }
            });
        }
    }

    private static List<KeyValue<byte[], byte[]>> rows(ProcessorHarness processor, byte[] offer) {
        byte[] to = Arrays.copyOf(offer, offer.length + 1);
        to[offer.length] = 1;
        List<KeyValue<byte[], byte[]>> rows = new ArrayList<>();
        try (var found = processor.store(OfferTopology.CONTENTS).range(Arrays.copyOf(offer, offer.length + 1), to)) {
            found.forEachRemaining(row -> rows.add(KeyValue.pair(
                    Arrays.copyOfRange(row.key, offer.length, row.key.length), row.value)));
        }
        return rows;
    }

    OfferTemplate of(int offer) {
        return all.get(offer % all.size());
    }

    /** A next command of an offer: that of its template, addressed to this offer. */
    WorkloadCommand next(int offer, int number) {
        WorkloadCommand command = of(offer).next().get(number);
        IndexedRecord envelope = decoder.decode(command.topic(), command.value());
        envelope.put(envelope.getSchema().getField("publisherId").pos(), offer(offer).publisherId());
        envelope.put(envelope.getSchema().getField("offerId").pos(), offer(offer).offerId());
        return new WorkloadCommand(0, command.topic(), StateCodec.key(offer(offer)),
                encoder.encode(command.topic(), envelope), command.expected());
    }

    static OfferKey offer(int number) {
        return new OfferKey("contoso-%06d".formatted(number / 20), "shift-planner-%08d".formatted(number));
    }

    /** Gives the entries of a number of offers, one after another. */
    void fill(int offers, EntrySink sink) {
        for (int number = 0; number < offers; number++) {
            put(number, sink);
        }
    }

    void put(int number, EntrySink sink) {
        byte[] id = StateCodec.key(offer(number));
        OfferTemplate template = of(number);
        sink.put(OfferTopology.OFFERS, id, id, template.facts().clone()); // a store in memory keeps the array itself
        for (KeyValue<byte[], byte[]> row : template.rows()) {
            sink.put(OfferTopology.CONTENTS, id, ByteBuffer.allocate(id.length + row.key.length).put(id).put(row.key)
                    .array(), row.value);
        }
    }

    Map<String, Double> sizes() {
        return Figure.named("facts B", average(template -> template.facts().length),
                "rows", average(template -> template.rows().size()), "rows B", average(template ->
                        template.rows().stream().mapToInt(row -> row.key.length + row.value.length).sum()));
    }

    private double average(ToIntFunction<OfferTemplate> value) {
        return all.stream().mapToInt(value).average().orElse(0);
    }
}
