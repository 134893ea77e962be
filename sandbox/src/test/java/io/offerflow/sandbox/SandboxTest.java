package io.offerflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.sandbox.KafkaFixture.Transaction;
import io.offerflow.sandbox.broker.KRaftBroker;
import io.offerflow.sandbox.host.DataDirectory;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.host.SandboxException;
import io.offerflow.sandbox.registry.RegistryFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTest {

    private Sandbox sandbox;
    private KafkaFixture kafka;

    @BeforeAll
    void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(2);
        kafka = new KafkaFixture(sandbox.bootstrapServers());
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void theTopicsAreThoseOfTheCatalogueWithItsSettings() throws Exception {
        try (Admin admin = kafka.admin()) {
            for (Topic topic : Topic.values()) {
                assertThat(kafka.settings(admin, topic.topicName())).containsAllEntriesOf(topic.settings());
                assertThat(kafka.partitions(admin, topic.topicName())).isEqualTo(2);
            }
            assertThat(kafka.settings(admin, "offer-commands"))
                    .containsEntry("message.timestamp.type", "LogAppendTime");
            assertThat(kafka.settings(admin, "offer-status")).containsEntry("cleanup.policy", "compact");
            assertThat(kafka.settings(admin, "offer-journal")).containsEntry("retention.ms", "-1");
        }
    }

    @Test
    void theFirstGroupAndTheFirstTransactionFindTheBrokerReady() throws Exception {
        try (Admin admin = kafka.admin()) {
            assertThat(admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get())
                    .contains("__consumer_offsets", "__transaction_state");
            assertThat(kafka.partitions(admin, "__transaction_state")).isEqualTo(KRaftBroker.INTERNAL_PARTITIONS);
        }
    }

    @Test
    void creatingTheTopicsAgainChangesNothing() throws Exception {
        sandbox.createTopics(5);

        try (Admin admin = kafka.admin()) {
            assertThat(kafka.partitions(admin, "offer-commands")).isEqualTo(2);
        }
    }

    @Test
    void readersOfCommittedRecordsSeeNothingOfAnAbortedTransaction() {
        kafka.inTransaction("writer-1", Transaction.ABORT, "step-requests", "aborted".getBytes());
        kafka.inTransaction("writer-1", Transaction.COMMIT, "step-requests", "committed".getBytes());

        assertThat(kafka.committedValues("step-requests")).containsExactly("committed");
    }

    @Test
    void anOutputTakesLargerRecordsThanAnInput() {
        byte[] large = new byte[5 * 1024 * 1024];

        assertThatThrownBy(() -> kafka.send("offer-commands", large)).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
        assertThat(kafka.sent("offer-journal", large).serializedValueSize()).isEqualTo(large.length);
    }

    @Test
    void theBrokerCreatesNoTopicBecauseOfATypo() throws Exception {
        try (Admin admin = kafka.admin()) {
            assertThat(kafka.brokerSettings(admin)).containsEntry("auto.create.topics.enable", "false");
        }
    }

    @Test
    void aStoppedBrokerComesBackOnTheSamePortWithItsRecords() {
        String before = sandbox.bootstrapServers();
        kafka.sent("support-decisions", "kept".getBytes());

        sandbox.stopBroker();
        assertThat(FreePorts.isFree(port(before))).isTrue();
        sandbox.startBroker();

        assertThat(sandbox.bootstrapServers()).isEqualTo(before);
        assertThat(kafka.committedValues("support-decisions")).containsExactly("kept");
        kafka.inTransaction("writer-2", Transaction.COMMIT, "support-decisions", "new".getBytes());
        assertThat(kafka.committedValues("support-decisions")).containsExactly("kept", "new");
    }

    @Test
    void aBrokerThatFindsItsPortTakenSaysSoAndCanBeStartedLater() throws IOException {
        sandbox.stopBroker();
        try (ServerSocket intruder = new ServerSocket()) {
            intruder.bind(new InetSocketAddress("127.0.0.1", port(sandbox.bootstrapServers())));
            assertThatThrownBy(sandbox::startBroker).isInstanceOf(SandboxException.class)
                    .hasMessageContaining(sandbox.bootstrapServers()).hasMessageContaining("in use").hasNoCause();
        }
        sandbox.startBroker();
        sandbox.createTopics(2);
    }

    @Test
    void aStoppedRegistryComesBackOnTheSamePortWithItsIds() {
        Topic topic = Topic.OFFER_STATUS;
        int id;
        try (RegistryClient client = registryClient(sandbox)) {
            id = client.register(topic.subject(), topic.schema());
        }
        sandbox.stopRegistry();
        sandbox.startRegistry();

        try (RegistryClient client = registryClient(sandbox)) {
            assertThat(client.idsOf(topic.subject())).containsExactly(id);
        }
    }

    @Test
    void takenPortsAreReplacedAndTheUserIsTold() {
        int broker = port(sandbox.bootstrapServers());
        int registry = port(sandbox.registryUrl());
        assertThat(sandbox.notices()).isEmpty();

        try (Sandbox second = Sandbox.start(new SandboxOptions(broker, registry, Optional.empty()))) {
            assertThat(second.notices()).containsExactly(
                    "Port %d is in use, so the broker listens on %d instead."
                            .formatted(broker, port(second.bootstrapServers())),
                    "Port %d is in use, so the registry listens on %d instead."
                            .formatted(registry, port(second.registryUrl())));
            second.createTopics(1);
            assertThat(new KafkaFixture(second.bootstrapServers()).committedValues("notifications")).isEmpty();
        }
    }

    @Test
    void dataThatIsToBeKeptSurvivesTheSandbox(@TempDir Path parent) throws Exception {
        SandboxOptions options = SandboxOptions.keptIn(parent.resolve("data"));
        String clusterId;
        int id;
        try (Sandbox first = Sandbox.start(options); RegistryClient client = registryClient(first)) {
            KafkaFixture its = new KafkaFixture(first.bootstrapServers());
            first.createTopics(1);
            its.sent("offer-journal", "kept".getBytes());
            clusterId = its.clusterId();
            client.register("something-else-value", Topic.QUARANTINE.schema());
            id = client.register(Topic.OFFER_JOURNAL.subject(), Topic.OFFER_JOURNAL.schema());
            assertThatThrownBy(() -> Sandbox.start(options)).isInstanceOf(SandboxException.class)
                    .hasMessageContaining("another sandbox is using " + parent.resolve("data"));
        }
        try (Sandbox again = Sandbox.start(options); RegistryClient client = registryClient(again)) {
            KafkaFixture its = new KafkaFixture(again.bootstrapServers());
            assertThat(its.clusterId()).isEqualTo(clusterId);
            assertThat(its.committedValues("offer-journal")).containsExactly("kept");
            assertThat(client.schemaById(id)).isEqualTo(Topic.OFFER_JOURNAL.schema());
            assertThat(client.idsOf(Topic.OFFER_JOURNAL.subject())).containsExactly(id);
        }
        assertThat(parent.resolve("data")).isDirectory();
    }

    @Test
    void aTemporaryDirectoryIsDeletedAtTheEnd() {
        DataDirectory temporary = DataDirectory.open(Optional.empty());
        Path root = temporary.registryFile().getParent();
        new RegistryFixture(temporary.registryFile()).close();
        assertThat(root).isNotEmptyDirectory();

        temporary.close();

        assertThat(root).doesNotExist();
    }

    @Test
    void aDataDirectoryThatCannotBeUsedIsNamed(@TempDir Path parent) throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "not a directory");

        assertThatThrownBy(() -> Sandbox.start(SandboxOptions.keptIn(file))).isInstanceOf(SandboxException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void dataOfABrokerThatCannotBeReadIsNamed(@TempDir Path parent) throws IOException {
        Path broker = Files.createDirectories(parent.resolve("broker"));
        Files.writeString(broker.resolve("meta.properties"), "version=1\nnode.id=77\ncluster.id=someone-elses\n");

        assertThatThrownBy(() -> Sandbox.start(SandboxOptions.keptIn(parent))).isInstanceOf(SandboxException.class)
                .hasMessageContaining("data in " + broker).hasMessageContaining("77");
    }

    @Test
    void portsThatCannotBeAreRefused() {
        for (List<Integer> ports : List.of(List.of(-1, 0), List.of(0, 65_536), List.of(9092, 9092))) {
            assertThatThrownBy(() -> new SandboxOptions(ports.get(0), ports.get(1), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 for any free one");
        }
    }

    private static RegistryClient registryClient(Sandbox sandbox) {
        return new RegistryClient(RegistryOptions.at(sandbox.registryUrl()));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
