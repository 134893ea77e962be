package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.InputPosition;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.MissingInputs;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.fold.Verify;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.write.NewGeneration;
import io.offerflow.replay.write.Retry;
import io.offerflow.replay.write.RetryCandidate;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: a service never decides on less than its journal, and no input is missing without a word. */
class StateAndJournalTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shifts");
    private static final byte[] KEY = "contoso/shifts".getBytes(StandardCharsets.UTF_8);
    private static final Pattern WAY_BACK =
            Pattern.compile("--application-id (\\S+) --new-application-id (\\S+?)( --accept-loss)? --execute");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static Sandbox sandbox;
    private static WireRecords wire;
    private static Admin admin;
    private static KafkaReplayCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(1);
        wire = new WireRecords(sandbox, 1);
        Map<String, Object> client = Map.of("bootstrap.servers", sandbox.bootstrapServers());
        admin = Admin.create(client);
        cluster = new KafkaReplayCluster(client, wire.registry());
    }

    @AfterAll
    static void stop() {
        admin.close();
        wire.close();
        sandbox.close();
    }

    /** Another cluster, as far as topics make one. */
    @BeforeEach
    void newTopics() throws Exception {
        delete(admin.listTopics().names().get().stream().filter(name -> !name.startsWith("__")).toList());
        createTopics();
    }

    /** What happens to a stopped service; returns the application id with which it is started. */
    private interface Damage {
        String to(String id) throws Exception;
    }

    private record Situation(Damage damage, String said) {
    }

    @Test
    void aServiceWhoseStateIsNotThatOfItsJournalSaysTheWayBack() throws Exception {
        String id = "lost" + TESTS.incrementAndGet();
        List<Situation> situations = List.of(
                new Situation(stopped -> deleted(stopped, "offers"), "-offers-changelog was deleted and created again"),
                new Situation(stopped -> deleted(stopped, "offers", "contents", "timers", "positions"),
                        "is behind the journal: offer-journal-0 has entries up to"),
                new Situation(stopped -> cut(stopped + "-contents-changelog", stopped),
                        "-contents-changelog were deleted: partition 0 begins at offset 1"),
                new Situation(stopped -> "reports", "application.id reports is behind the journal"));
        serve(id, 1, () -> send(Topic.OFFER_COMMANDS, create()));
        for (Situation situation : situations) {
            String started = situation.damage().to(id);
            List<CommandOutcome> before = outcomes();
            send(Topic.OFFER_COMMANDS, create());

            String sentence = refused(started, folder.resolve(started));
            assertThat(sentence).contains(situation.said());
            assertThat(outcomes()).as("nothing was decided").hasSameSizeAs(before);

            id = goBack(sentence);
            serve(id, before.size() + 1, () -> { });
            assertThat(outcomes().getLast().getResult()).as("the offer is there").isEqualTo(Result.REJECTED);
            assertThat(new Verify(cluster, options(), id).run().findings()).isEmpty();
        }
        numbersHaveNoHole();
    }

    @Test
    void aStateDirectoryOfAnotherClusterIsNotUsed() throws Exception {
        String id = "foreign" + TESTS.incrementAndGet();
        serve(id, 1, () -> send(Topic.OFFER_COMMANDS, create()));
        Path foreign = Files.move(folder.resolve(id), folder.resolve("foreign"));
        newTopics();
        serve(id, 3, () -> send(Topic.OFFER_COMMANDS, create(), create(), create()));

        assertThat(refused(id, foreign)).contains("were made from other changelogs", foreign.toString(), "Delete it");
        try (Stream<Path> files = Files.walk(foreign)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        assertThat(foreign).doesNotExist();
        serve(id, foreign, 4, () -> send(Topic.OFFER_COMMANDS, create()));
        assertThat(outcomes().getLast().getResult()).isEqualTo(Result.REJECTED);
    }

    @Test
    void aJournalWithoutItsEndIsRestoredOrGivenUp() throws Exception {
        String id = "cut" + TESTS.incrementAndGet();
        serve(id, 1, () -> send(Topic.OFFER_COMMANDS, create()));
        List<ConsumerRecord<byte[], byte[]>> copy = committed(Topic.OFFER_JOURNAL);
        delete(List.of(Topic.OFFER_JOURNAL.topicName()));
        createTopics();

        assertThat(refused(id, folder.resolve(id))).contains("entries are missing at the end of the journal",
                "Restore the topic from its copy");
        send(copy.stream().map(record -> new ProducerRecord<>(record.topic(), 0, record.key(), record.value()))
                .toList());
        serve(id, 2, () -> send(Topic.OFFER_COMMANDS, create()));
        assertThat(outcomes().getLast().getResult()).isEqualTo(Result.REJECTED);

        delete(List.of(Topic.OFFER_JOURNAL.topicName()));
        createTopics();
        String sentence = refused(id, folder.resolve(id));
        assertThatThrownBy(() -> new NewGeneration(cluster, options(), id, id + "-2", false).run())
                .isInstanceOf(ReplayPreconditionException.class).hasMessageContaining("--accept-loss");
        serve(goBack(sentence), 4, () -> { });
        assertThat(outcomes()).extracting(CommandOutcome::getResult).endsWith(Result.ACCEPTED, Result.REJECTED);
    }

    @Test
    void missingInputsAreJournalledAndRepeatedOnesAreNot() throws Exception {
        String id = "inputs" + TESTS.incrementAndGet();
        serve(id, 0, () -> {
            for (Topic input : Topic.inputs()) {
                send(input, poison(), poison());
            }
            awaitInputs(8);
            Retry retry = new Retry(cluster);
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                retry.send(retry.quarantinedInputs(found -> found.origin().toString().equals("step-results-0@0")),
                        producer);
            }
            awaitInputs(9);
        });

        send(Topic.OFFER_COMMANDS, poison(), poison());
        commit(id, Topic.OFFER_COMMANDS, 4);
        send(Topic.CUSTOMER_REQUESTS, poison(), poison());
        admin.deleteRecords(Map.of(partition(Topic.CUSTOMER_REQUESTS), RecordsToDelete.beforeOffset(4))).all().get();
        commit(id, Topic.SUPPORT_DECISIONS, 0);
        delete(List.of(Topic.STEP_RESULTS.topicName()));
        createTopics();
        serve(id, 0, () -> {
            for (Topic input : Topic.inputs()) {
                send(input, poison());
            }
            awaitInputs(13);
        });

        List<InputPosition> positions = entries().stream().flatMap(entry -> entry.getPositions().stream()).toList();
        assertThat(positions.subList(0, 4)).as("at the beginning").extracting(InputPosition::getMissing)
                .containsOnlyNulls();
        assertThat(positions.subList(4, positions.size())).extracting(InputPosition::getTopic,
                InputPosition::getOffset, InputPosition::getMissing).containsExactlyInAnyOrder(
                        tuple("offer-commands", 4L,
                                new MissingInputs(MissingCause.SKIPPED, 2L, 4L)),
                        tuple("customer-requests", 4L,
                                new MissingInputs(MissingCause.DELETED, 2L, 4L)),
                        tuple("step-results", 0L,
                                new MissingInputs(MissingCause.RECREATED, 3L, null)));
        List<RetryCandidate> again = new Retry(cluster).quarantinedInputs(found ->
                found.origin().toString().equals("step-results-0@0"));
        assertThat(again).as("two inputs have had this offset").hasSize(2);
        assertThat(again.getLast().obstacle()).as("the second one was not put back").isEmpty();

        admin.deleteConsumerGroupOffsets(id, Set.copyOf(Topic.inputs().stream().map(StateAndJournalTest::partition)
                .toList())).all().get();
        serve(id, 0, () -> {
            send(Topic.OFFER_COMMANDS, poison());
            awaitInputs(14);
        });
        assertThat(entries().getLast().getInput().getSource().getOffset()).isEqualTo(5);
        numbersHaveNoHole();
        assertThat(committed(Topic.QUARANTINE)).extracting(record ->
                new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .as("ids of events").doesNotHaveDuplicates().hasSize(14);
        assertThat(new Verify(cluster, options(), id).run().findings()).isEmpty();
    }

    private String deleted(String id, String... stores) throws Exception {
        delete(Stream.of(stores).map(store -> "%s-%s-changelog".formatted(id, store)).toList());
        return id;
    }

    private String cut(String changelog, String id) throws Exception {
        cleanUp(changelog, "compact,delete"); // brokers delete records of no other topics
        admin.deleteRecords(Map.of(new TopicPartition(changelog, 0), RecordsToDelete.beforeOffset(1))).all().get();
        cleanUp(changelog, "compact");
        return id;
    }

    private static void cleanUp(String topic, String policy) throws InterruptedException, ExecutionException {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy),
                        AlterConfigOp.OpType.SET)))).all().get();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            return admin.describeConfigs(List.of(resource)).all().get().get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG).value().equals(policy);
        });
    }

    /** Does what the sentence says; returns the new application id. */
    private String goBack(String sentence) throws Exception {
        Matcher verb = WAY_BACK.matcher(sentence);
        assertThat(verb.find()).as(sentence).isTrue();
        new NewGeneration(cluster, options(), verb.group(1), verb.group(2), verb.group(3) != null).run();
        return verb.group(2);
    }

    /** Something to do while the service runs. */
    private interface Doing {
        void run() throws Exception;
    }

    private void serve(String id, int outcomes, Doing doing) throws Exception {
        serve(id, folder.resolve(id), outcomes, doing);
    }

    private void serve(String id, Path state, int outcomes, Doing doing) throws Exception {
        try (OfferService service = OfferService.start(config(id, state))) {
            assertThat(service.awaitReady(PATIENCE)).as("%s", service.failure()).isTrue();
            doing.run();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> outcomes().size() >= outcomes);
        }
        leave(id);
    }

    /** The sentence with which the service ends before it decides. */
    private String refused(String id, Path state) throws Exception {
        try (OfferService service = OfferService.start(config(id, state))) {
            assertThat(service.awaitReady(PATIENCE)).isFalse();
            service.awaitEnd();
            return service.failure().orElseThrow();
        } finally {
            leave(id);
        }
    }

    private static ServiceConfig config(String id, Path state) {
        return ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url",
                sandbox.registryUrl(), "application.id", id, "state.dir", state.toString()));
    }

    /** A member that closes stays in its group until its session ends; the tests do not wait for that. */
    private static void leave(String id) throws InterruptedException, ExecutionException {
        if (!admin.describeConsumerGroups(List.of(id)).all().get().get(id).members().isEmpty()) {
            admin.removeMembersFromConsumerGroup(id, new RemoveMembersFromConsumerGroupOptions()).all().get();
        }
    }

    private static void commit(String id, Topic input, long offset) throws InterruptedException, ExecutionException {
        admin.alterConsumerGroupOffsets(id, Map.of(partition(input), new OffsetAndMetadata(offset))).all().get();
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(topic.topicName(), 0);
    }

    private static void createTopics() {
        sandbox.createTopics(1);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> admin.listTopics().names().get()
                .containsAll(Stream.of(Topic.values()).map(Topic::topicName).toList()));
    }

    private static void delete(List<String> topics) throws InterruptedException, ExecutionException {
        admin.deleteTopics(topics).all().get();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() ->
                admin.listTopics().names().get().stream().noneMatch(topics::contains));
    }

    private byte[] create() {
        return wire.bytes(Topic.OFFER_COMMANDS, Envelopes.create(OFFER));
    }

    private static byte[] poison() {
        return new byte[] {1, 2, 3};
    }

    private static void send(Topic topic, byte[]... values) throws Exception {
        send(Stream.of(values).map(value -> new ProducerRecord<>(topic.topicName(), 0, KEY, value)).toList());
    }

    /** With a producer that knows nothing of a topic before. */
    private static void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", sandbox.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(Topic topic) {
        return CommittedRecords.all(sandbox, topic.topicName(), 1);
    }

    private static List<CommandOutcome> outcomes() {
        return committed(Topic.COMMAND_OUTCOMES).stream().map(record ->
                wire.value(Topic.COMMAND_OUTCOMES, record, CommandOutcome.class).orElseThrow()).toList();
    }

    private static List<JournalEntry> entries() {
        return committed(Topic.OFFER_JOURNAL).stream().map(record ->
                wire.value(Topic.OFFER_JOURNAL, record, JournalEntry.class).orElseThrow()).toList();
    }

    private static void awaitInputs(int number) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() ->
                entries().stream().filter(entry -> entry.getKind() == EntryKind.INPUT).count() == number);
    }

    private static void numbersHaveNoHole() {
        List<Long> numbers = new ArrayList<>(entries().stream().map(JournalEntry::getNumber).toList());
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    private ReplayOptions options() {
        return ReplayOptions.defaults(folder.resolve("spill"));
    }
}
