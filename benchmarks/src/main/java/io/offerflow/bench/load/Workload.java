package io.offerflow.bench.load;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
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
import org.apache.kafka.common.TopicPartition;

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

    private Workload(WorkloadSpec spec, SchemaRegistry registry, int partitions, Path folder) {
        this.spec = spec;
        this.random = new Random(spec.seed());
        this.zipf = new Zipf(spec.offers(), spec.zipf());
        this.mix = new CommandMix(random, spec.illegal());
        this.model = new ServiceModel(registry, partitions, folder);
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
    public static List<Figure> write(WorkloadSpec spec, SchemaRegistry registry, int partitions, Path folder,
            boolean footprints) {
        Workload workload = new Workload(spec, registry, partitions, folder);
        FileAccess.run("write a workload to " + folder, () -> {
            Files.createDirectories(folder);
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(
                    folder.resolve(WorkloadReader.FILE)), BUFFER));
                    FootprintWriter notes = new FootprintWriter(folder, footprints ? partitions : 0)) {
                while (workload.number < spec.commands()) {
                    int epoch = workload.number / spec.gap();
                    DrawnCommand next = workload.next();
                    byte[] key = StateCodec.key(next.offer());
                    ServiceModel.ModelledCommand taken = workload.model.take(next.topic(), key, next.value());
                    Result result = taken.outcome().getResult();
                    workload.mix.answered(next.offer(), next.envelope(), result);
                    new WorkloadCommand(epoch, next.topic(), key, next.value(), result).write(out);
                    if (footprints) {
                        notes.write(new TopicPartition(next.topic().topicName(), taken.partition()), taken.footprint());
                    }
                    workload.count(next, taken);
                }
            }
        });
        return workload.figures();
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
        Topic topic = InputEnvelopes.topic(envelope);
        return new DrawnCommand(offer, topic, envelope, encoder.encode(topic, envelope));
    }

    private void count(DrawnCommand command, ServiceModel.ModelledCommand taken) {
        CommandOutcome outcome = taken.outcome();
        commands.merge(outcome.getCommand(), 1, Integer::sum);
        results.merge(outcome.getResult() + (outcome.getReason() == null ? "" : ": " + outcome.getReason()), 1,
                Integer::sum);
        Footprint footprint = taken.footprint();
        long[] sizes = {command.value().length, footprint.reads().size(), footprint.writes().size(),
            footprint.storedBytes(), footprint.sent().size(), footprint.sentBytes()};
        Arrays.setAll(sums, i -> sums[i] + sizes[i]);
    }

    /** The workload in numbers; sizes are averages per command, those of records with keys and headers. */
    private List<Figure> figures() {
        double[] each = Arrays.stream(sums).mapToDouble(sum -> sum / (double) number).toArray();
        List<Figure> figures = new ArrayList<>(List.of(new Figure("workload", "all commands", Figure.named(
                "commands", number, "offers", spec.offers(), "Zipf exponent", spec.zipf(), "input B", each[0],
                "store look-ups", each[1], "store changes", each[2], "B stored", each[3],
                "output records", each[4], "B sent", each[5]))));
        commands.forEach((kind, count) -> figures.add(share("command", kind, count)));
        results.forEach((outcome, count) -> figures.add(share("outcome", outcome, count)));
        return figures;
    }

    private Figure share(String group, String point, int count) {
        return new Figure(group, point, Figure.named("share %", 100.0 * count / number, "commands", count));
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
