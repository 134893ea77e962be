package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.RandomInputs;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.DueTimeWatermark;
import io.offerflow.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The peer is worth comparing only if it answers as the service does. */
@Tag("postgres")
class SameAsServiceTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<OfferKey> OFFERS =
            IntStream.range(0, 12).mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();

    private static final String CUSTOMER = "3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b1";

    private final TopologySettings settings = TopologySettings.defaults("test-build", 1);
    private final SchemaRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, Topic.inputs());
    private final Random random = new Random(11);
    private final RandomInputs inputs = new RandomInputs(random);
    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final Map<OfferKey, OfferState> known = new HashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> stored = new HashMap<>();
    private final Map<Topic, Long> offsets = new HashMap<>();
    private Instant appended = START;

    @Test
    void theSameInputsGiveTheSameRecordsOnEveryOutputByteForByte() throws Exception {
        try (PostgresServer postgres = PostgresServer.start(); Connection database = Peer.connect(postgres.url());
                ServiceUnderTest service = new ServiceUnderTest(settings, registry, START)) {
            Peer.createTables(database);
            Worker peer = new Worker(database, new Decider(settings, registry));
            for (Topic topic : Topic.inputs()) {
                peer.open(new TopicPartition(topic.topicName(), 0));
            }
            DueTimeWatermark horizon = new DueTimeWatermark(settings.dueGrace(), START.toEpochMilli());
            Instant wallClock = START;
            for (int batches = 0; batches < 60; batches++) {
                List<SourceRecord> batch = batches == 0 ? sold() : batch(1 + random.nextInt(80));
                batch.forEach(service::take);
                for (SourceRecord origin : batch) {
                    horizon.observe(origin.appendedAt(), wallClock.toEpochMilli());
                }
                peer.take(batch);
                Duration passed = Duration.ofMinutes(random.nextInt(300));
                wallClock = wallClock.plus(passed);
                service.pass(passed);
                peer.advanceDue(0, horizon.at(wallClock.toEpochMilli()));
            }
            List<Sent> sent = new OutboxTable(database).after(0, Integer.MAX_VALUE).stream()
                    .map(waiting -> Sent.of(waiting.record())).toList();
            assertThat(sent).hasSizeGreaterThan(5_000);
            for (Topic output : Topic.outputs()) {
                assertThat(sent.stream().filter(record -> record.topic().equals(output.topicName())).toList())
                        .as(output.topicName()).isNotEmpty().isEqualTo(service.sent(output));
            }
        }
    }

    /** An offer whose plans are on sale, one for everybody and one for some, and customers who want them. */
    private List<SourceRecord> sold() {
        OfferKey offer = OFFERS.get(1);
        List<IndexedRecord> story = new ArrayList<>(List.of(Envelopes.create(offer)));
        Contents.transactable().forEach(section -> story.add(Envelopes.save(offer, section)));
        story.add(Envelopes.command(offer, new CreatePlan("basic", Contents.plan("Basic", "PUBLIC"))));
        story.add(Envelopes.command(offer, new CreatePlan("plus", Contents.plan("Plus", "PRIVATE"))));
        story.add(Envelopes.command(offer, new AddAudienceId("plus", CUSTOMER + 1, "TENANT", null)));
        story.add(Envelopes.submit(offer));
        OfferType.SAAS.profile().stepsOf(new OfferFeatures(true, false, true)).forEach(step -> story.add(
                step == PublishStep.PUBLISHER_SIGN_OFF ? Envelopes.goLive(offer) : Envelopes.succeeded(offer, 1, step.name())));
        for (int customer = 0; customer < 3; customer++) {
            story.add(bought(offer, "basic", customer));
            story.add(bought(offer, "plus", customer));
            story.add(bought(offer, "basic", customer));
        }
        return story.stream().map(this::taken).toList();
    }

    private static CustomerRequest bought(OfferKey offer, String planId, int customer) {
        return new CustomerRequest(Envelopes.nextId(), offer.publisherId(), offer.offerId(), "commerce", START, false,
                new AcquirePlan(CUSTOMER + customer, planId));
    }

    private List<SourceRecord> batch(int size) {
        List<SourceRecord> batch = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            appended = appended.plusSeconds(random.nextInt(80) == 0 ? 18_000 : random.nextInt(30));
            batch.add(random.nextInt(40) == 0 ? poison() : next());
        }
        return batch;
    }

    private SourceRecord poison() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return origin(Topic.STEP_RESULTS, OFFERS.getFirst(), bytes);
    }

    private SourceRecord next() {
        OfferKey offer = OFFERS.get(random.nextBoolean() ? 0 : random.nextInt(OFFERS.size()));
        return taken(inputs.next(offer, state(offer).header()));
    }

    /** The input as the broker has it; a third one takes it, which keeps its offers in memory. */
    private SourceRecord taken(IndexedRecord envelope) {
        InputMapping.DecodedInput mapped = mapping.fromAvro(envelope);
        OfferState before = state(mapped.key());
        Entry entry = engine.decide(before, mapped.envelope(), appended);
        OfferState after = OfferEvolver.apply(before, entry);
        known.put(mapped.key(), new OfferState(mapped.key(), after.header(), StateRows.of(rows(before, after))));
        Topic topic = Topic.inputs().stream().filter(each -> each.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        return origin(topic, mapped.key(), encoder.encode(topic, envelope));
    }

    private Map<RowKey, StateRow> rows(OfferState before, OfferState after) {
        Map<RowKey, StateRow> rows = stored.computeIfAbsent(before.key(), first -> new HashMap<>());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> rows.put(key, value),
                () -> rows.remove(key)));
        return rows;
    }

    private OfferState state(OfferKey offer) {
        return known.getOrDefault(offer, new OfferState(offer, OfferHeader.NONE, StateRows.of(Map.of())));
    }

    private SourceRecord origin(Topic topic, OfferKey key, byte[] value) {
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        return new SourceRecord(topic.topicName(), 0, offset, appended, Optional.of(
                key.toString().getBytes(StandardCharsets.UTF_8)), Optional.of(value), List.of(), offset == 0 ? 0 : 1);
    }
}
