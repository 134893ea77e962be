package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.offerflow.Envelopes;
import io.offerflow.Workload;
import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.Verify;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.journal.Snapshots;
import io.offerflow.replay.snapshot.SnapshotDirectory;
import io.offerflow.replay.snapshot.SnapshotWriter;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import io.offerflow.replay.write.NewGeneration;
import io.offerflow.replay.write.RebuildToTopics;
import io.offerflow.replay.write.Republish;
import io.offerflow.replay.write.Retry;
import io.offerflow.replay.write.RetryCandidate;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of what a service with several instances did on a real broker. */
class ReplayOnBrokerTest {

    private static final int PARTITIONS = 4;
    private static final int INPUTS = Integer.getInteger("replay.inputs", 12_000);

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private WireRecords wire;
    private KafkaReplayCluster cluster;
    private Snapshots snapshots = Snapshots.NONE;
    private final List<String> begun = new ArrayList<>();

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(PARTITIONS);
        wire = new WireRecords(sandbox, PARTITIONS);
        cluster = new KafkaReplayCluster(Map.of("bootstrap.servers", sandbox.bootstrapServers()), wire.registry());
    }

    @AfterEach
    void stop() {
        wire.close();
        sandbox.close();
    }

    @Test
    void theJournalOfRestartedInstancesIsReplayedByteForByte() throws Exception {
        Workload workload = new Workload(7, 300);
        try (ServiceFleet fleet = new ServiceFleet(sandbox, folder, "offerflow", Map.of("due.grace", "PT1S"))) {
            send(workload, INPUTS / 4);
            fleet.join();
            send(workload, INPUTS / 4);
            fleet.join();
            send(workload, INPUTS / 4);
            fleet.leave();
            aSnapshotIsTakenWhileTheServiceRuns();
            send(workload, INPUTS / 4);
            fleet.join();
            fleet.awaitAllTaken();

            Verify.VerifyResult verified = new Verify(cluster, options(), "offerflow").run();
            assertThat(verified.findings()).isEmpty();
            assertThat(verified.unsettled()).isEmpty();
            assertThat(verified.offers()).isGreaterThan(200);
        }
        Rebuild.RebuildResult rebuilt = new Rebuild(cluster.journal(), wire.registry(), options())
                .run(new ReplayBound.Latest(), Optional.empty());
        assertThat(rebuilt.totals().entries()).isGreaterThan(INPUTS);
        assertThat(new Verify(cluster, options(), "offerflow").run().parts())
                .extracting(Rebuild.RebuiltPartition::sha256)
                .isEqualTo(rebuilt.parts().stream().map(Rebuild.RebuiltPartition::sha256).toList());

        WhatIfReport report = new WhatIf(cluster.journal(), wire.registry(), options(), "development")
                .run(new WhatIf.WhatIfQuestion(UnaryOperator.identity(), false, 10));
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts().judged() + report.counts().unreadable())
                .isEqualTo(rebuilt.totals().entries() - policies());

        outputsAreMadeAgain();
        theStateCanBeWrittenToTopicsOfItsOwn();
        aNewGenerationGoesOnWhereTheOldOneEnded(workload);
    }

    private void aSnapshotIsTakenWhileTheServiceRuns() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            JournalIdentity identity = JournalIdentity.of(admin);
            snapshots = new SnapshotDirectory(folder.resolve("snapshots"), identity, begun::add);
            new SnapshotWriter(folder.resolve("snapshots"), identity, "test-build").write(cluster.journal(),
                    wire.registry(), options(), new ReplayBound.Latest());
        }
    }

    private void outputsAreMadeAgain() throws Exception {
        Republish republish = new Republish(cluster, options());
        Republish.RepublishRequest request = new Republish.RepublishRequest(Republish.republishable(), "again-",
                "offerflow", Locale.ENGLISH);
        Map<Topic, Long> planned = republish.plan(request);
        assertThat(republish.run(request)).isEqualTo(planned);
        for (Topic topic : Republish.republishable()) {
            Set<String> live = texts(topic.topicName());
            Set<String> again = texts("again-" + topic.topicName());
            assertThat(live.stream().filter(record -> !again.contains(record)).limit(2))
                    .as("what of %s was not made again", topic.topicName()).isEmpty();
            assertThat(again.stream().filter(record -> !live.contains(record)).limit(2))
                    .as("what was made for %s beside that", topic.topicName()).isEmpty();
        }
        assertThatThrownBy(() -> republish.plan(request)).isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("is not empty");
    }

    private void theStateCanBeWrittenToTopicsOfItsOwn() throws Exception {
        RebuildToTopics topics = new RebuildToTopics(cluster, options());
        assertThat(topics.plan("state-")).containsExactly("state-offers", "state-contents");
        topics.run("state-", new ReplayBound.Latest());
        for (String store : List.of("offers", "contents")) {
            assertThat(newest("state-" + store)).as(store).isEqualTo(newest("offerflow-%s-changelog".formatted(store)));
        }
        assertThatThrownBy(() -> topics.run("state-", new ReplayBound.Latest()))
                .isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("state-offers is not empty");
    }

    private void aNewGenerationGoesOnWhereTheOldOneEnded(Workload workload) throws Exception {
        await().atMost(Duration.ofSeconds(30)).ignoreException(ReplayPreconditionException.class)
                .until(() -> !new NewGeneration(cluster, options(), "offerflow", "offerflow-2", false).plan()
                        .isEmpty());
        List<NewGeneration.PlannedChange> changes =
                new NewGeneration(cluster, options().with(snapshots), "offerflow", "offerflow-2", false).run();
        assertThat(begun).singleElement().asString().contains("from snapshot");
        assertThat(changes).extracting(NewGeneration.PlannedChange::what)
                .contains("topic offerflow-2-offers-changelog", "topic offerflow-2-contents-changelog",
                        "topic offerflow-2-timers-changelog", "group offerflow-2, offer-commands-0");
        assertThat(newest("offerflow-2-contents-changelog")).isEqualTo(newest("offerflow-contents-changelog"));
        assertThatThrownBy(() -> new NewGeneration(cluster, options(), "offerflow", "offerflow-2", false).run())
                .isInstanceOf(ReplayPreconditionException.class).hasMessageContaining("was used before");

        send(workload, 1_000);
        try (ServiceFleet fleet = new ServiceFleet(sandbox, folder, "offerflow-2", Map.of())) {
            fleet.join();
            assertThatThrownBy(() -> new NewGeneration(cluster, options(), "offerflow-2", "offerflow-3", false).plan())
                    .isInstanceOf(ReplayPreconditionException.class).hasMessageContaining("is running");
            fleet.awaitAllTaken();
            Verify.VerifyResult verified =
                    new Verify(cluster, options().with(snapshots), "offerflow-2").run();
            assertThat(verified.findings()).isEmpty();
            assertThat(answered()).as("every input has one line in the journal").doesNotHaveDuplicates()
                    .hasSize(INPUTS + 1_000);
        }
    }

    @Test
    void whatCouldNotBeReadIsPutBackOnceAndItsOriginIsKept() throws Exception {
        OfferKey offer = new OfferKey("contoso", "shifts");
        IndexedRecord create = Envelopes.create(offer);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
                ServiceFleet fleet = new ServiceFleet(sandbox, folder, "offerflow", Map.of())) {
            ProducerRecord<byte[], byte[]> wrong = new ProducerRecord<>("offer-commands", 0,
                    "contoso/other".getBytes(StandardCharsets.UTF_8), wire.bytes(Topic.OFFER_COMMANDS, create));
            wrong.headers().add("tenant", new byte[] {7});
            producer.send(wrong).get();
            fleet.join();
            fleet.awaitAllTaken();

            Retry retry = new Retry(cluster);
            List<RetryCandidate> found = retry.quarantinedInputs(any -> true);
            assertThat(found).singleElement().satisfies(one -> {
                assertThat(one.origin()).hasToString("offer-commands-0@0");
                assertThat(one.obstacle()).isEmpty();
            });
            retry.send(found, producer);
            fleet.awaitAllTaken();
            assertThat(CommittedRecords.all(sandbox, "offer-commands", PARTITIONS)).filteredOn(record ->
                    record.headers().lastHeader(RetryCandidate.HEADER) != null).singleElement().satisfies(record -> {
                        assertThat(new String(record.headers().lastHeader(RetryCandidate.HEADER).value(),
                                StandardCharsets.UTF_8)).isEqualTo(found.getFirst().entry()).matches("0-\\d+");
                        assertThat(record.headers().lastHeader("tenant").value()).containsExactly(7);
                    });
            List<RetryCandidate> later = retry.quarantinedInputs(candidate ->
                    candidate.origin().toString().equals("offer-commands-0@0"));
            assertThat(later).singleElement().satisfies(one ->
                    assertThat(one.obstacle()).contains("it was put back before"));
        }
    }

    @Test
    void aStateThatIsNotWhatTheJournalSaysIsToldOfferByOffer() throws Exception {
        OfferKey offer = new OfferKey("contoso", "shifts");
        wire.send(Envelopes.create(offer));
        wire.send(Envelopes.create(new OfferKey("contoso", "other")));
        wire.flush();
        try (ServiceFleet fleet = new ServiceFleet(sandbox, folder, "offerflow", Map.of())) {
            fleet.join();
            fleet.awaitAllTaken();
        }
        ConsumerRecord<byte[], byte[]> row = CommittedRecords
                .all(sandbox, "offerflow-offers-changelog", PARTITIONS).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals("contoso/shifts")).findFirst()
                .orElseThrow();
        byte[] broken = row.value().clone();
        int alias = new String(broken, StandardCharsets.ISO_8859_1).indexOf("Alias");
        broken[alias] = 'a';
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(row.topic(), row.partition(), row.key(), broken)).get();
            producer.send(new ProducerRecord<>(row.topic(), row.partition(), "contoso/ghost".getBytes(
                    StandardCharsets.UTF_8), row.value())).get();
        }
        List<Verify.Finding> findings = new Verify(cluster, options(), "offerflow").run().findings();
        assertThat(findings).extracting(Verify.Finding::offer).containsExactlyInAnyOrder("contoso/shifts",
                "contoso/ghost");
        assertThat(findings).flatExtracting(Verify.Finding::differences).containsExactlyInAnyOrder(
                "alias is \"alias of shifts\" in the service, \"Alias of shifts\" by the journal",
                "only the service has it");
    }

    private void send(Workload workload, int number) {
        for (int count = 0; count < number; count++) {
            if (count % 200 == 0) {
                wire.send(Topic.STEP_RESULTS, "contoso/offer-0".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2});
            } else {
                wire.send(workload.next());
            }
        }
        wire.flush();
    }

    private long policies() {
        return CommittedRecords.all(sandbox, "offer-journal", PARTITIONS).stream()
                .filter(record -> record.key() == null).count();
    }

    private List<String> answered() {
        return CommittedRecords.all(sandbox, "offer-journal", PARTITIONS).stream()
                .map(record -> wire.value(Topic.OFFER_JOURNAL, record, JournalEntry.class).orElseThrow())
                .filter(line -> line.getInput() != null).map(line -> line.getInput().getSource().toString()).toList();
    }

    private Set<String> texts(String topic) {
        return new TreeSet<>(CommittedRecords.all(sandbox, topic, PARTITIONS).stream()
                .map(record -> "%d %s %s %s".formatted(record.partition(), hex(record.key()), hex(record.value()),
                        Arrays.stream(record.headers().toArray()).filter(header ->
                                !header.key().equals(Republish.HEADER)).map(header -> header.key()
                                        + new String(header.value(), StandardCharsets.UTF_8)).toList())).toList());
    }

    private Map<String, String> newest(String topic) {
        Map<String, String> newest = new HashMap<>();
        CommittedRecords.all(sandbox, topic, PARTITIONS).forEach(record -> {
            if (record.value() == null) {
                newest.remove(record.partition() + hex(record.key()));
            } else {
                newest.put(record.partition() + hex(record.key()), hex(record.value()));
            }
        });
        return newest;
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "-" : HexFormat.of().formatHex(bytes);
    }

    private ReplayOptions options() {
        return ReplayOptions.defaults(folder.resolve("spill"));
    }
}
