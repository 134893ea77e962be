package io.offerflow.topology;

import io.offerflow.Envelopes;
import io.offerflow.JournalFold;
import io.offerflow.RandomInputs;
import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.replay.journal.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A run of the real topology over random inputs with hot keys, repeats, refusals, due times and records that cannot be
 * read: what it wrote, and what its stores hold in the end.
 */
public final class LiveRun implements AutoCloseable {

    private static final List<OfferKey> OFFERS =
            IntStream.range(0, 12).mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();

    private final SchemaRegistry registry;
    private final Random random;
    private final RandomInputs inputs;
    private final JournalFold fold;
    private final List<JournalRecord> journal = new ArrayList<>();
    private final List<List<TestRecord<byte[], byte[]>>> outputs = new ArrayList<>();
    private TopologyHarness bench;
    private final Set<String> ids = new HashSet<>();
    private Instant appended = TopologyHarness.START;

    public LiveRun(SchemaRegistry registry, long seed) {
        this.registry = registry;
        this.random = new Random(seed);
        this.inputs = new RandomInputs(random);
        this.fold = new JournalFold(registry);
        this.bench = TopologyHarness.start(TopologySettings.defaults("test-build", 1), registry);
        Topic.outputs().forEach(topic -> outputs.add(new ArrayList<>()));
    }

    /** So many more inputs come in, and time passes. */
    public LiveRun inputs(int number) {
        for (int step = 0; step < number; step++) {
            OfferKey offer = OFFERS.get(random.nextBoolean() ? 0 : random.nextInt(OFFERS.size()));
            appended = appended.plusSeconds(random.nextInt(80) == 0 ? 18_000 : random.nextInt(30));
            if (random.nextInt(40) == 0) {
                byte[] poison = new byte[random.nextInt(20)];
                random.nextBytes(poison);
                bench.send(Topic.STEP_RESULTS, offer.toString().getBytes(StandardCharsets.UTF_8), poison, appended);
            } else {
                bench.send(withOwnId(inputs.next(offer, fold.headers().getOrDefault(offer, OfferHeader.NONE))),
                        appended.minusSeconds(random.nextInt(10) == 0 ? 900 : 0));
            }
            if (random.nextInt(30) == 0) {
                bench.pass(Duration.ofHours(random.nextInt(8)));
            }
            read();
        }
        return this;
    }

    /** One input that is given. */
    public LiveRun send(IndexedRecord envelope) {
        appended = appended.plusSeconds(1);
        bench.send(withOwnId(envelope), appended);
        read();
        return this;
    }

    /** The pipeline and the publisher lead the run of an offer to its end. */
    public LiveRun published(OfferKey offer) {
        for (Optional<PublishingRun> run = run(offer); run.isPresent(); run = run(offer)) {
            PublishStep step = run.get().step();
            send(step == PublishStep.PUBLISHER_SIGN_OFF ? Envelopes.goLive(offer)
                    : Envelopes.succeeded(offer, run.get().submission(), step.name()));
        }
        return this;
    }

    private Optional<PublishingRun> run(OfferKey offer) {
        return fold.headers().get(offer).activeRun();
    }

    /** Time passes without an input. */
    public LiveRun pass(Duration time) {
        bench.pass(time);
        appended = Stream.of(appended.plus(time), bench.wallClock()).max(Comparator.naturalOrder()).orElseThrow();
        read();
        return this;
    }

    /** Ids are numbered per run, so that a run writes the same bytes whatever ran before it in this process. */
    private IndexedRecord withOwnId(IndexedRecord envelope) {
        int position = envelope.getSchema().getField("commandId").pos();
        String given = envelope.get(position).toString();
        if (!ids.contains(given)) {
            String own = new UUID(0x4000L, Long.MIN_VALUE | ids.size()).toString();
            ids.add(own);
            envelope.put(position, own);
        }
        return envelope;
    }

    /** The service is stopped and started again with other rules. */
    public LiveRun restart(Policy policy) {
        bench = bench.restarted(policy);
        return this;
    }

    private void read() {
        for (Topic topic : Topic.outputs()) {
            while (bench.has(topic)) {
                TestRecord<byte[], byte[]> record = bench.raw(topic);
                outputs.get(topic.ordinal() - Topic.OFFER_JOURNAL.ordinal()).add(record);
                if (topic == Topic.OFFER_JOURNAL) {
                    fold.add(record.key(), (JournalEntry) bench.decode(topic, record.value()));
                    journal.add(new JournalRecord(0, journal.size(), Optional.ofNullable(record.key()),
                            Optional.ofNullable(record.value())));
                }
            }
        }
    }

    /** What the journal holds. */
    public List<JournalRecord> journal() {
        return List.copyOf(journal);
    }

    /** The lines of the journal. */
    public List<JournalEntry> lines() {
        return journal.stream().map(record -> (JournalEntry) bench.decode(Topic.OFFER_JOURNAL,
                record.value().orElseThrow())).toList();
    }

    /** What was written to an output. */
    public List<TestRecord<byte[], byte[]>> output(Topic topic) {
        return List.copyOf(outputs.get(topic.ordinal() - Topic.OFFER_JOURNAL.ordinal()));
    }

    /** What the stores of offers and contents hold. */
    public SortedMap<byte[], byte[]> stores() {
        SortedMap<byte[], byte[]> found = rows(TopologyNames.OFFERS);
        found.putAll(rows(TopologyNames.CONTENTS));
        return found;
    }

    /** What each store holds, by its name. */
    public SortedMap<String, SortedMap<byte[], byte[]>> storesByName() {
        SortedMap<String, SortedMap<byte[], byte[]>> found = new TreeMap<>();
        TopologyNames.stores().forEach(store -> found.put(store, rows(store)));
        return found;
    }

    private SortedMap<byte[], byte[]> rows(String store) {
        SortedMap<byte[], byte[]> found = new TreeMap<>(Arrays::compareUnsigned);
        try (var all = bench.store(store).all()) {
            all.forEachRemaining(row -> found.put(row.key, row.value));
        }
        return found;
    }

    @Override
    public void close() {
        bench.close();
    }
}
