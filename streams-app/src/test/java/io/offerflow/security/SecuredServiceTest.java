package io.offerflow.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.ConfigException;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with the rights of its role and no others, and what it says without them. */
@Order(2) // early, since it mostly waits
class SecuredServiceTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");

    @TempDir
    private static Path folder;

    /** Certificates of another authority; that of the broker has expired. */
    @TempDir
    private static Path foreign;

    private static SecuredCluster cluster;

    @TempDir
    private Path states;

    @BeforeAll
    static void start() throws Exception {
        cluster = SecuredCluster.start(folder);
        SecuredCluster.certificates(foreign, -1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void withItsOwnRightsItAnswersAPublisherAndShowsNobodyASecret() throws Exception {
        AllResources said = new AllResources();
        try (OfferService service = OfferService.start(config("service", Map.of("http.port", "0")));
                RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
            assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
            OfferCommand create = Envelopes.create(OFFER);
            send(registry, create);

            CommandOutcome outcome = outcome(registry);
            assertThat(outcome.getCommandId()).isEqualTo(create.getCommandId());
            assertThat(outcome.getResult()).isEqualTo(Result.ACCEPTED);
            assertThat(get(service, "/offers/contoso/shift-planner")).contains("DRAFT");
            // a slow read of the journal answers with the pages it has
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(get(service, "/offers/contoso/shift-planner/history")).contains("CreateOffer"));
            said.add(get(service, "/metrics"));
        } finally {
            said.close();
        }
        assertThat(said.lines()).isNotEmpty().noneMatch(line -> line.contains(cluster.security().password("service")))
                .noneMatch(line -> line.contains(cluster.security().client("service").get("ssl.truststore.password")));
    }

    @Test
    void aWrongPasswordIsSaidInOneSentence() {
        refuses(config("service", Map.of("kafka.sasl.jaas.config", cluster.security().client("service")
                .get("sasl.jaas.config").replace(cluster.security().password("service"), "guessed"))),
                "refuse the user name or password of this service; check kafka.sasl.mechanism",
                "kafka.sasl.jaas.config");
    }

    @Test
    void aBrokerThatIsNotTrustedIsSaidInOneSentence() throws Exception {
        refuses(config("service", Map.of("kafka.ssl.truststore.location", foreign.resolve("trust.p12").toString(),
                "kafka.ssl.truststore.password", Files.readString(foreign.resolve("store.password")))),
                "cannot agree on TLS; check kafka.ssl.truststore.*");
    }

    /** Something with an expired certificate that agrees on TLS and nothing else. */
    @Test
    void anExpiredCertificateIsSaidInOneSentence() throws Exception {
        char[] password = Files.readString(foreign.resolve("store.password")).strip().toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(foreign.resolve("broker.p12").toFile(), password), password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        try (ServerSocket broker = tls.getServerSocketFactory().createServerSocket(0, 10,
                InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(broker));
            ServiceConfig config = config("service", Map.of("bootstrap.servers", "localhost:" + broker.getLocalPort(),
                    "kafka.ssl.truststore.location", foreign.resolve("trust.p12").toString(),
                    "kafka.ssl.truststore.password", new String(password)));
            assertThatThrownBy(() -> OfferService.start(config)).isInstanceOf(ConfigException.class)
                    .hasMessageContaining("have a certificate that has expired").hasMessageContaining("renewed");
        }
    }

    private static void greet(ServerSocket broker) {
        while (!broker.isClosed()) {
            try (SSLSocket client = (SSLSocket) broker.accept()) {
                client.startHandshake();
            } catch (IOException refused) {
                continue; // that is what the client has to do
            }
        }
    }

    @Test
    void aClientWithoutTlsIsToldToLookAtTheProtocol() {
        Map<String, String> plain = new HashMap<>(Map.of("kafka.security.protocol", "PLAINTEXT",
                "kafka.default.api.timeout.ms", "3000", "kafka.request.timeout.ms", "2000"));
        refuses(config("service", plain), "do not answer; check bootstrap.servers", "kafka.security.protocol");
    }

    @Test
    void missingRightsAreNamedByTopic() {
        refuses(config("publisher", Map.of()), "deny this service something", "offerflow prepare --access");
        refuses(config("status-reader", Map.of()), "deny this service something", "offerflow prepare --access");
    }

    private static void refuses(ServiceConfig config, String... parts) {
        assertThatThrownBy(() -> OfferService.start(config)).isInstanceOf(ConfigException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts).hasLineCount(1)
                        .contains(cluster.bootstrapServers()).doesNotContain("guessed"));
    }

    private ServiceConfig config(String user, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.bootstrapServers(),
                "schema.registry.url", cluster.registryUrl(), "state.dir", states.toString(),
                "application.id", SecuredCluster.APPLICATION));
        cluster.security().client(user).forEach((name, value) -> settings.put("kafka." + name, value));
        settings.putAll(more);
        return ServiceConfig.of(settings);
    }

    private static void send(RegistryClient registry, OfferCommand command) throws Exception {
        try (Producer<byte[], byte[]> publisher = cluster.producer("publisher")) {
            publisher.send(new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(),
                    OFFER.toString().getBytes(StandardCharsets.UTF_8), new AvroEncoder(registry,
                            List.of(Topic.OFFER_COMMANDS)).encode(Topic.OFFER_COMMANDS, command))).get();
        }
    }

    private static CommandOutcome outcome(RegistryClient registry) {
        try (Consumer<byte[], byte[]> publisher = cluster.consumer("publisher")) {
            List<TopicPartition> all = IntStream.range(0, SecuredCluster.PARTITIONS).mapToObj(partition ->
                    new TopicPartition(Topic.COMMAND_OUTCOMES.topicName(), partition)).toList();
            publisher.assign(all);
            publisher.seekToBeginning(all);
            Queue<ConsumerRecord<byte[], byte[]>> seen = new ConcurrentLinkedQueue<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publisher.poll(Duration.ofMillis(200)).forEach(seen::add);
                return !seen.isEmpty();
            });
            return (CommandOutcome) new AvroDecoder(registry).decode(Topic.COMMAND_OUTCOMES, seen.remove().value());
        }
    }

    private static String get(OfferService service, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s"
                .formatted(service.httpPort().orElseThrow(), path))).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
