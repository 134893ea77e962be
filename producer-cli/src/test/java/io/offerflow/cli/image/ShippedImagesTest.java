package io.offerflow.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * The two shipped images against a Kafka container and a registry container, with nothing of this build but them.
 * Behind the profile docker; CONTRIBUTING.md says how to run it.
 */
@Tag("docker")
class ShippedImagesTest {

    private static final String VERSION = System.getProperty("offerflow.version");
    private static final String REGISTRY = "http://registry:8080/apis/ccompat/v7";
    private static final Path SAMPLE = Path.of("..", "samples", "contoso-shift-planner.jsonl");

    private static final Network NETWORK = Network.newNetwork();
    private static final GenericContainer<?> KAFKA = new GenericContainer<>("apache/kafka:4.4.0")
            .withNetwork(NETWORK).withNetworkAliases("kafka").withEnv(Map.ofEntries(
                    Map.entry("KAFKA_NODE_ID", "1"), Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                    Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
                    Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092"),
                    Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                    Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                    Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                    Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                    Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                    Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                    Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
                    Map.entry("CLUSTER_ID", "dGVzdGNvbnRhaW5lcnM0MQ")))
            .withExposedPorts(9092).waitingFor(Wait.forListeningPort());
    private static final GenericContainer<?> REGISTRIES = new GenericContainer<>("apicurio/apicurio-registry:3.3.3")
            .withNetwork(NETWORK).withNetworkAliases("registry").withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").withStartupTimeout(Duration.ofMinutes(3)));
    private static final GenericContainer<?> CLI = new GenericContainer<>("offerflow/cli:" + VERSION)
            .withNetwork(NETWORK).withCreateContainerCmdModifier(command -> command.withEntrypoint("sleep", "3600"))
            .withEnv("OFFERFLOW_BOOTSTRAP_SERVERS", "kafka:9092").withEnv("OFFERFLOW_REGISTRY_URL", REGISTRY)
            .withCopyFileToContainer(MountableFile.forHostPath(SAMPLE), "/data/sample.jsonl");
    private static final GenericContainer<?> SERVICE = new GenericContainer<>("offerflow/service:" + VERSION)
            .withNetwork(NETWORK).withEnv("OFFERFLOW_BOOTSTRAP_SERVERS", "kafka:9092")
            .withEnv("OFFERFLOW_SCHEMA_REGISTRY_URL", REGISTRY).withEnv("OFFERFLOW_STATE_DIR", "/data/state")
            .withEnv("OFFERFLOW_HTTP_PORT", "8080").withEnv("OFFERFLOW_HTTP_HOST", "0.0.0.0")
            .withEnv("OFFERFLOW_APPLICATION_SERVER", "localhost:8080").withExposedPorts(8080)
            .waitingFor(Wait.forHttp("/health/ready").withStartupTimeout(Duration.ofMinutes(3)));

    @BeforeAll
    static void start() throws Exception {
        Stream.of(KAFKA, REGISTRIES, CLI).parallel().forEach(GenericContainer::start);
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(2)).until(() ->
                cli("prepare", "--partitions", "2", "--replicas", "1").getExitCode() == 0);
        SERVICE.start();
    }

    @AfterAll
    static void stop() {
        Stream.of(SERVICE, CLI, REGISTRIES, KAFKA).forEach(GenericContainer::stop);
        NETWORK.close();
    }

    @Test
    void whatTheCommandLineSendsTheServiceAnswers() throws Exception {
        ExecResult sent = cli("send", "--ignore-after", "/data/sample.jsonl");
        assertThat(sent.getExitCode()).as(sent.getStderr()).isZero();

        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                assertThat(cli("tail", "offer-status", "--from-beginning", "--exit-at-end", "-o", "jsonl").getStdout())
                        .contains("\"key\":\"contoso/shift-planner\"", "PUBLISH_IN_PROGRESS"));
    }

    @Test
    void neitherRunsAsRootAndTheHealthCheckIsThere() throws Exception {
        for (GenericContainer<?> container : List.of(SERVICE, CLI)) {
            assertThat(container.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
        }
        assertThat(SERVICE.execInContainer("/app/healthy").getExitCode()).isZero();
        InspectContainerResponse inspected = SERVICE.getContainerInfo();
        assertThat(inspected.getConfig().getLabels()).containsEntry("org.opencontainers.image.licenses", "Apache-2.0");
    }

    @Test
    void whoDecidedIsNamedByVersionInTheJournalAndToPeople() throws Exception {
        assertThat(cli("--version").getStdout()).startsWith("offerflow " + VERSION);
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                assertThat(cli("tail", "offer-journal", "--from-beginning", "--exit-at-end", "-o", "jsonl").getStdout())
                        .contains("\"kind\":\"POLICY\"", "\"build\":\"" + VERSION + "\""));
    }

    @Test
    void theListOfWhatIsInAnImageIsInIt() throws Exception {
        assertThat(SERVICE.execInContainer("cat", "/app/bom.json").getStdout())
                .contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/org.apache.kafka/kafka-streams@");
    }

    private static ExecResult cli(String... arguments) throws Exception {
        return CLI.execInContainer(Stream.concat(Stream.of("java", "--enable-native-access=ALL-UNNAMED", "-cp",
                "@/app/jib-classpath-file", "io.offerflow.cli.Offerflow"), Stream.of(arguments))
                .toArray(String[]::new));
    }
}
