package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.Result;
import io.offerflow.avro.Status;
import io.offerflow.codec.StateCodec;
import io.offerflow.codec.StoredSamples;
import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This release is started on what an earlier one left at the broker: schemas, changelogs, and inputs not yet read. */
class UpgradeTest {

    private static final int PARTITIONS = 4;
    private static final OfferKey OFFER = StoredSamples.OFFER;
    private static final OfferKey WAITING = new OfferKey("contoso", "written-before-the-upgrade");
    private static final int PARTITION = Utils.toPositive(Utils.murmur2(StateCodec.key(OFFER))) % PARTITIONS;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.offerflow.codec.StoredSamples#releases")
    void theServiceGoesOnWhereAnEarlierReleaseStopped(String release) throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(PARTITIONS);
            OfferHeader left;
            try (WireRecords wire = new WireRecords(sandbox, PARTITIONS); Producer<byte[],
                    byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", sandbox.bootstrapServers()), new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (Topic topic : Topic.values()) {
                    wire.registry().register(topic.subject(), schema(release, topic));
                }
                left = changelogs(release, sandbox, producer);
                producer.send(new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(), StateCodec.key(WAITING),
                        writtenBy(release, wire, Envelopes.create(WAITING)))).get();
                try (OfferService service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                        sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(),
                        "state.dir", folder.resolve(release).toString())))) {
                    assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
                    goesOn(wire, left);
                }
            }
        }
    }

    /** What is asked now is decided on what was stored then. */
    private static void goesOn(WireRecords wire, OfferHeader left) {
        CommandOutcome old = answer(wire, 1);
        assertThat(old.getResult()).as("of an input that the earlier release wrote").isEqualTo(Result.ACCEPTED);

        wire.send(Envelopes.save(OFFER, Contents.listing("After the upgrade")));
        wire.flush();
        CommandOutcome saved = answer(wire, 2);
        assertThat(saved.getResult()).as("%s", saved).isEqualTo(Result.ACCEPTED);
        assertThat(saved.getDraftVersion()).isEqualTo(left.revision() + 1);

        wire.send(new CustomerRequest(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "commerce",
                Instant.EPOCH,
                false, new DownloadOffer(StoredSamples.CUSTOMER, "basic")));
        wire.flush();
        assertThat(answer(wire, 3).getDownloadVersion()).as("S28: the version that was frozen before the upgrade")
                .isEqualTo(1L);

        wire.send(Envelopes.command(OFFER, new ImportAudience("closed", StoredSamples.CUSTOMER, 1, 2, 2, null,
                List.of(new AudienceRow("0b1c2d3e-0000-4000-8000-0000000000c9", "TENANT", null, 3)), true)));
        wire.flush();
        assertThat(answer(wire, 4).getResult()).as("an import goes on").isEqualTo(Result.ACCEPTED);

        OfferStatus status = wire.values(Topic.OFFER_STATUS, OfferStatus.class).stream()
                .filter(row -> row.getOfferId().equals(OFFER.offerId())).reduce((first, second) -> second)
                .orElseThrow();
        assertThat(status.getStatus()).isEqualTo(Status.PUBLISH_IN_PROGRESS);
        assertThat(status.getSequence()).isEqualTo(left.sequence() + 2);
        assertThat(wire.all(Topic.QUARANTINE)).isEmpty();
    }

    private static CommandOutcome answer(WireRecords wire, int number) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            wire.poll();
            return wire.all(Topic.COMMAND_OUTCOMES).size() >= number;
        });
        return wire.values(Topic.COMMAND_OUTCOMES, CommandOutcome.class).get(number - 1);
    }

    /** Fills the changelogs as the earlier release did; the facts as it left them. */
    private static OfferHeader changelogs(String release, Sandbox sandbox, Producer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            admin.createTopics(List.of("offers", "contents", "timers").stream().map(store ->
                    new NewTopic(changelog(store), PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                    .toList()).all().get();
        }
        OfferHeader left = OfferHeader.NONE;
        for (StoredSamples.Sample sample : StoredSamples.of(release)) {
            producer.send(new ProducerRecord<>(changelog(sample.isFacts() ? "offers" : "contents"), PARTITION,
                    sample.storeKey(), sample.bytes())).get();
            left = sample.isFacts() ? new StateCodec().decodeHeader(sample.bytes()) : left;
        }
        return left;
    }

    private static String changelog(String store) {
        return "offerflow-%s-changelog".formatted(store);
    }

    private static Schema schema(String release, Topic topic) throws IOException {
        return new SchemaParser().parse(Path.of("../schemas/src/main/released", release, topic.topicName() + ".avsc"))
                .mainSchema();
    }

    /** An input's bytes as a sender built with the earlier release makes them. */
    private static byte[] writtenBy(String release, WireRecords wire, IndexedRecord envelope) throws IOException {
        Schema then = schema(release, Topic.OFFER_COMMANDS);
        ByteArrayOutputStream now = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(now, null);
        new SpecificDatumWriter<IndexedRecord>(envelope.getSchema(), GeneratedClasses.model()).write(envelope, encoder);
        GenericRecord resolved = new GenericDatumReader<GenericRecord>(envelope.getSchema(), then).read(null,
                DecoderFactory.get().binaryDecoder(now.toByteArray(), null));
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        old.write(0);
        old.write(ByteBuffer.allocate(Integer.BYTES).putInt(wire.registry()
                .register(Topic.OFFER_COMMANDS.subject(), then))
                .array());
        new GenericDatumWriter<GenericRecord>(then).write(resolved,
                EncoderFactory.get().directBinaryEncoder(old, null));
        return old.toByteArray();
    }
}
