package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.RandomInputs;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.bench.load.InMemoryOffers;
import io.offerflow.bench.load.InputEnvelopes;
import io.offerflow.codec.InputMapping;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer is worth comparing only if it answers as the service does. */
@Tag("postgres")
class SameAsServiceTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<OfferKey> OFFERS =
            IntStream.range(0, 12).mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();

    private static final String CUSTOMER = "3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b1";

    @TempDir
    private Path folder;
    private final TopologySettings settings = TopologySettings.defaults("test-build", 1);
    private final SchemaRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, Topic.inputs());
    private final Random random = new Random(11);
    private final RandomInputs inputs = new RandomInputs(random);
    private final InputMapping mapping = new InputMapping();
    private final InMemoryOffers offers = new InMemoryOffers();
    private final Map<Topic, Long> offsets = new HashMap<>();
    private Instant appended = START;
    private Instant wallClock = START;

    @Test
    void sameInputsGiveTheSameRecordsByteForByte() throws Exception {
        try (PostgresServer postgres = new PostgresServer();
                Connection database = PostgresBaseline.connect(postgres.url());
                ServiceUnderTest service = new ServiceUnderTest(settings, registry, folder.resolve("service"), START)) {
            BatchWorker.createTables(database);
            BatchWorker peer = new BatchWorker(database, settings, registry, folder.resolve("peer"),
                    () -> wallClock.toEpochMilli());
            for (Topic topic : Topic.inputs()) {
                peer.open(new TopicPartition(topic.topicName(), 0));
            }
            for (int batches = 0; batches < 60; batches++) {
                List<ConsumerRecord<byte[], byte[]>> batch = batches == 0 ? sold() : batch(1 + random.nextInt(80));
                batch.forEach(service::take);
                peer.take(batch);
                Duration passed = Duration.ofMinutes(random.nextInt(300));
                wallClock = wallClock.plus(passed);
                service.pass(passed);
                peer.punctuate();
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

    /** An offer with a public and a private plan on sale, and customers who buy them. */
    private List<ConsumerRecord<byte[], byte[]>> sold() {
        OfferKey offer = OFFERS.get(1);
        List<IndexedRecord> story = new ArrayList<>(List.of(Envelopes.create(offer)));
        Contents.transactable().forEach(section -> story.add(Envelopes.save(offer, section)));
        story.add(Envelopes.command(offer, new CreatePlan("basic", Contents.plan("Basic", "PUBLIC"))));
        story.add(Envelopes.command(offer, new CreatePlan("plus", Contents.plan("Plus", "PRIVATE"))));
        story.add(Envelopes.command(offer, new AddAudienceId("plus", CUSTOMER + 1, "TENANT", null)));
        story.add(Envelopes.submit(offer));
        OfferType.SAAS.profile().stepsOf(new OfferFeatures(true, false, true)).forEach(step -> story.add(
                step == PublishStep.PUBLISHER_SIGN_OFF ? Envelopes.goLive(offer)
                        : Envelopes.succeeded(offer, 1, step.name())));
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

    private List<ConsumerRecord<byte[], byte[]>> batch(int size) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            appended = appended.plusSeconds(random.nextInt(80) == 0 ? 18_000 : random.nextInt(30));
            batch.add(random.nextInt(40) == 0 ? poison() : next());
        }
        return batch;
    }

    private ConsumerRecord<byte[], byte[]> poison() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return record(Topic.STEP_RESULTS, OFFERS.getFirst(), bytes);
    }

    private ConsumerRecord<byte[], byte[]> next() {
        OfferKey offer = OFFERS.get(random.nextBoolean() ? 0 : random.nextInt(OFFERS.size()));
        return taken(inputs.next(offer, offers.facts(offer)));
    }

    /** The input as the broker has it; offers in memory take it, too, so that the next inputs fit. */
    private ConsumerRecord<byte[], byte[]> taken(IndexedRecord envelope) {
        InputMapping.DecodedInput mapped = mapping.fromAvro(envelope);
        offers.store(offers.take(mapped, appended));
        Topic topic = InputEnvelopes.topic(envelope);
        return record(topic, mapped.key(), encoder.encode(topic, envelope));
    }

    private ConsumerRecord<byte[], byte[]> record(Topic topic, OfferKey offer, byte[] value) {
        return ServiceUnderTest.record(topic, offsets.merge(topic, 1L, Long::sum) - 1, appended.toEpochMilli(), offer,
                value);
    }
}
