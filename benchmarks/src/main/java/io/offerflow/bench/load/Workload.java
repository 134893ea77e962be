package io.offerflow.bench.load;

import io.offerflow.bench.footprint.FootprintWriter;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.IndexedRecord;

/** Makes a workload: draws an offer, asks the mix what comes next for it, and keeps account of what becomes of it. */
public final class Workload {

    private static final int OFFERS_A_PUBLISHER = 20;

    private final WorkloadSpec spec;
    private final Random random;
    private final Zipf zipf;
    private final Mix mix;
    private final Shadow shadow;
    private final AvroEncoder encoder;
    private final List<OfferKey> offers = new ArrayList<>();
    private final Map<OfferKey, Sent> last = new HashMap<>();
    private final Map<OfferKey, Placed> placed = new HashMap<>();
    private int number;

    /** Where an offer was asked last, and as the how manieth command. */
    private record Placed(Topic topic, int number) {
    }

    private record Sent(OfferKey offer, Topic topic, IndexedRecord envelope, byte[] value) {
    }

    private Workload(WorkloadSpec spec, SchemaRegistry registry, int partitions, boolean footprints) {
        this.spec = spec;
        this.random = new Random(spec.seed());
        this.zipf = new Zipf(spec.offers(), spec.zipf());
        this.mix = new Mix(random, spec.illegal());
        this.shadow = new Shadow(registry, partitions, footprints);
        this.encoder = new AvroEncoder(registry, Topic.inputs());
        for (int number = 0; number < spec.offers(); number++) {
            offers.add(new OfferKey("contoso-%04d".formatted(number / OFFERS_A_PUBLISHER),
                    "shift-planner-%06d".formatted(number)));
        }
    }

    /**
     * Writes a workload to a folder.
     *
     * @param registry whose schema ids the values carry
     * @param footprints whether to write, beside the commands, what the service does for each
     */
    public static WorkloadSummary write(WorkloadSpec spec, SchemaRegistry registry, int partitions, Path folder,
            boolean footprints) {
        Workload workload = new Workload(spec, registry, partitions, footprints);
        Tally tally = new Tally();
        try (WorkloadFile.Writer commands = new WorkloadFile.Writer(folder);
                FootprintWriter notes = new FootprintWriter(folder, footprints ? partitions : 0)) {
            while (workload.number < spec.commands()) {
                int epoch = workload.number / spec.gap();
                Sent next = workload.next();
                Shadow.Taken taken = workload.shadow.take(next.topic(), next.envelope(), next.value());
                workload.mix.answered(next.offer(), next.envelope(), taken.result());
                commands.write(new Item(epoch, next.topic(), StateCodec.key(next.offer()), next.value(),
                        taken.result()));
                notes.write(next.topic(), taken.partition(), taken.footprint());
                tally.add(next.envelope(), next.value().length, taken);
            }
        }
        return tally.summary(spec);
    }

    /** The next command: of an offer that was not asked through another topic just before. */
    private Sent next() {
        Sent drawn = draw();
        while (!fits(drawn)) {
            drawn = draw();
        }
        number++;
        return drawn;
    }

    private boolean fits(Sent drawn) {
        Placed before = placed.get(drawn.offer());
        if (before != null && before.topic() != drawn.topic() && number - before.number() < spec.gap()) {
            return false;
        }
        placed.put(drawn.offer(), new Placed(drawn.topic(), number));
        if (drawn.topic() != Topic.CUSTOMER_REQUESTS) { // of these, not all are remembered
            last.put(drawn.offer(), drawn);
        }
        return true;
    }

    private Sent draw() {
        OfferKey offer = offers.get(zipf.draw(random));
        Sent before = last.get(offer);
        if (before != null && random.nextDouble() < spec.duplicates()) {
            return before;
        }
        IndexedRecord envelope = mix.next(offer, shadow.facts(offer));
        Topic topic = Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        return new Sent(offer, topic, envelope, encoder.encode(topic, envelope));
    }
}
