package io.offerflow.bench.load;

import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.result.WorkloadSummary.AverageFootprint;
import io.offerflow.bench.result.WorkloadSummary;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** Generates a workload: draws an offer, asks the mix for its next command, and models the outcome. */
public final class Workload {

    static final int BUFFER = 1 << 20;
    private static final int OFFERS_PER_PUBLISHER = 20;

    private final WorkloadSpec spec;
    private final Random random;
    private final Zipf zipf;
    private final CommandMix mix;
    private final ServiceModel model;
    private final AvroEncoder encoder;
    private final List<OfferKey> offers = new ArrayList<>();
    private final Map<OfferKey, DrawnCommand> repeatable = new HashMap<>();
    private final Map<OfferKey, LastTopic> lastTopics = new HashMap<>();
    private int number;

    private final Map<String, Integer> commands = new TreeMap<>();
    private final Map<String, Integer> results = new TreeMap<>();
    private final long[] sums = new long[6];

    /** The topic of the last command of an offer, and the number of that command. */
    private record LastTopic(Topic topic, int number) {
    }

    private record DrawnCommand(OfferKey offer, Topic topic, IndexedRecord envelope, byte[] value) {
    }

    private Workload(WorkloadSpec spec, SchemaRegistry registry, int partitions, boolean footprints) {
        this.spec = spec;
        this.random = new Random(spec.seed());
        this.zipf = new Zipf(spec.offers(), spec.zipf());
        this.mix = new CommandMix(random, spec.illegal());
        this.model = new ServiceModel(registry, partitions, footprints);
        this.encoder = new AvroEncoder(registry, Topic.inputs());
        for (int offer = 0; offer < spec.offers(); offer++) {
            offers.add(new OfferKey("contoso-%04d".formatted(offer / OFFERS_PER_PUBLISHER),
                    "shift-planner-%06d".formatted(offer)));
        }
    }

    /**
     * Writes a workload to a folder.
     *
     * @param registry whose schema ids the values carry
     * @param footprints whether to write a footprint for each command, too
     */
    public static WorkloadSummary write(WorkloadSpec spec, SchemaRegistry registry, int partitions, Path folder,
            boolean footprints) {
        Workload workload = new Workload(spec, registry, partitions, footprints);
        FileAccess.run("write a workload to " + folder, () -> {
            Files.createDirectories(folder);
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(
                    folder.resolve(WorkloadReader.FILE)), BUFFER));
                    FootprintWriter notes = new FootprintWriter(folder, footprints ? partitions : 0)) {
                while (workload.number < spec.commands()) {
                    int epoch = workload.number / spec.gap();
                    DrawnCommand next = workload.next();
                    ServiceModel.ModelledCommand taken =
                            workload.model.take(next.topic(), next.envelope(), next.value());
                    workload.mix.answered(next.offer(), next.envelope(), taken.result());
                    new WorkloadCommand(epoch, next.topic(), StateCodec.key(next.offer()), next.value(),
                            taken.result()).write(out);
                    if (footprints) {
                        notes.write(next.topic(), taken.partition(), taken.footprint());
                    }
                    workload.count(next, taken);
                }
            }
        });
        return workload.summary();
    }

    /** The next command, for an offer that has no recent command on another topic. */
    private DrawnCommand next() {
        DrawnCommand drawn = draw();
        while (!fits(drawn)) {
            drawn = draw();
        }
        number++;
        return drawn;
    }

    private boolean fits(DrawnCommand drawn) {
        LastTopic last = lastTopics.get(drawn.offer());
        if (last != null && last.topic() != drawn.topic() && number - last.number() < spec.gap()) {
            return false;
        }
        lastTopics.put(drawn.offer(), new LastTopic(drawn.topic(), number));
        if (drawn.topic() != Topic.CUSTOMER_REQUESTS) { // the service does not remember all ids of these
            repeatable.put(drawn.offer(), drawn);
        }
        return true;
    }

    private DrawnCommand draw() {
        OfferKey offer = offers.get(zipf.draw(random));
        DrawnCommand last = repeatable.get(offer);
        if (last != null && random.nextDouble() < spec.duplicates()) {
            return last;
        }
        IndexedRecord envelope = mix.next(offer, model.facts(offer));
        Topic topic = inputTopic(envelope);
        return new DrawnCommand(offer, topic, envelope, encoder.encode(topic, envelope));
    }

    public static Topic inputTopic(IndexedRecord envelope) {
        return Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
    }

    private void count(DrawnCommand command, ServiceModel.ModelledCommand taken) {
        IndexedRecord envelope = command.envelope();
        Object payload = envelope.get(envelope.getSchema().getField("payload").pos());
        commands.merge(((IndexedRecord) payload).getSchema().getName(), 1, Integer::sum);
        results.merge(taken.result() + taken.reason().map(why -> ": " + why).orElse(""), 1, Integer::sum);
        Footprint footprint = taken.footprint();
        long[] sizes = {command.value().length, footprint.reads().size(), footprint.writes().size(),
            footprint.storedBytes(), footprint.sent().size(), footprint.sentBytes()};
        Arrays.setAll(sums, i -> sums[i] + sizes[i]);
    }

    private WorkloadSummary summary() {
        double[] averages = Arrays.stream(sums).mapToDouble(sum ->
                Math.round(100.0 * sum / Math.max(1, number)) / 100.0).toArray();
        return new WorkloadSummary(spec, commands, results, averages[0],
                new AverageFootprint(averages[1], averages[2], averages[3], averages[4], averages[5]));
    }

    /** Draws ranks from a Zipf distribution: rank r with a weight of 1 / r to the power of the exponent. */
    private static final class Zipf {

        private final double[] cumulative;

        Zipf(int ranks, double exponent) {
            cumulative = new double[ranks];
            double sum = 0;
            for (int rank = 0; rank < ranks; rank++) {
                sum += 1 / Math.pow(rank + 1, exponent);
                cumulative[rank] = sum;
            }
        }

        int draw(Random random) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
            return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
        }
    }
}
