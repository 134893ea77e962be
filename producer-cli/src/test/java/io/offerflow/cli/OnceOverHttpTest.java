package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.process.ChildJvm;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.sandbox.broker.BrokerBootstrap;
import io.offerflow.sandbox.broker.BrokerNode;
import io.offerflow.sandbox.broker.KRaftBroker;
import io.offerflow.sandbox.registry.DevelopmentRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients repeat requests to two gateways until they are answered, while gateways and the service are killed, and the
 * broker is stopped and killed: each request has one effect, and its answer is the one on the topic.
 * {@code -Donce.requests=20000} makes it long.
 */
class OnceOverHttpTest {

    private static final int REQUESTS = Integer.getInteger("once.requests", 240);
    private static final int CLIENTS = 20;
    private static final int PARTITIONS = 2;
    private static final int ROUNDS = Math.max(1, REQUESTS / 2_000);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    /** The parts that start again need the processors, too. */
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** They live for seconds, so that compiling more would not pay. */
    private static final List<String> BROKER_FLAGS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogback.level=ERROR");

    @TempDir
    private Path folder;

    private final BrokerNode node = BrokerNode.alone(freePort(), freePort());
    private final String bootstrapServers = "127.0.0.1:" + node.listeners().getFirst().port();
    private final int registryPort = freePort();
    private final String registryUrl = "http://127.0.0.1:" + registryPort;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();
    private final Map<String, Process> running = new ConcurrentHashMap<>();
    private final List<Integer> gateways = List.of(freePort(), freePort());
    private final int query = freePort();
    private ChildJvm broker;
    private DevelopmentRegistry registryServer;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    /** The broker, which is killed without the registry. */
    private record BrokerAlone(Path directory, BrokerNode node) implements ForkedProgram {

        @Override
        public void run() {
            KRaftBroker broker = KRaftBroker.start(directory, node, Optional.empty());
            Signals.readyUntilStopped(node.id());
            broker.stop();
        }
    }

    /** The answer that a client got at last. */
    private record ClientAnswer(String commandId, String result, long draftVersion) {
    }

    @AfterEach
    void stop() {
        running.values().forEach(Process::destroyForcibly);
        broker.kill();
        registryServer.close();
    }

    @Test
    void eachRequestHasOneEffectAndTheAnswerOnTheTopic() throws Exception {
        registryServer = DevelopmentRegistry.start(registryPort, folder.resolve("registry.json"));
        startBroker();
        new BrokerBootstrap(bootstrapServers, Map.of()).createTopics(PARTITIONS, node.replicas());
        startService();
        startGateway(0);
        startGateway(1);
        Map<String, List<ClientAnswer>> answers = new ConcurrentHashMap<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String offer = "contoso/client-" + client;
                all.add(clients.submit(() -> answers.put(offer, play(offer))));
            }
            disturb(all);
            for (Future<?> client : all) {
                client.get();
            }
        }
        assertThat(repeated.get()).as("requests that had to be repeated").isPositive();
        compare(answers);
    }

    /** Sends the commands of one offer one after another. */
    private List<ClientAnswer> play(String offer) throws InterruptedException {
        List<ClientAnswer> answers = new ArrayList<>();
        answers.add(send(offer, "CreateOffer", "{\"offerType\": \"SAAS\", \"alias\": \"x\"}", 0));
        for (int number = 1; number < REQUESTS / CLIENTS; number++) {
            answers.add(send(offer, "SaveSection", "{\"section\": \"TEST_DRIVE\", \"content\": {\"TestDrive\": "
                    + "{\"description\": \"%d\"}}}".formatted(number), number));
        }
        return answers;
    }

    private ClientAnswer send(String offer, String command, String body, int number) throws InterruptedException {
        String key = UUID.nameUUIDFromBytes((offer + "/" + number).getBytes(StandardCharsets.UTF_8)).toString();
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = gateways.get((offer.hashCode() + number + attempt & 0xff) % gateways.size());
            try {
                HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:%d/offers/%s/commands/%s".formatted(port, offer, command)))
                        .timeout(REQUEST_TIMEOUT).header("Content-Type", "application/json")
                        .header("Idempotency-Key", key).header("Prefer", "wait=3")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
                JsonNode json = JSON.readTree(response.body());
                if (response.statusCode() == 200 || response.statusCode() == 201) {
                    answered.incrementAndGet();
                    return new ClientAnswer(json.get("commandId").asText(), json.get("result").asText(),
                            json.get("draftVersion").asLong());
                }
                assertThat(response.statusCode()).as("%s", json).isIn(202, 429, 503);
            } catch (IOException cut) {
                // repeated as after a refusal
            }
            repeated.incrementAndGet();
            Thread.sleep(BACK_OFF);
        }
        throw new IllegalStateException("no answer to %s %d of %s".formatted(command, number, offer));
    }

    private void startBroker() throws InterruptedException {
        broker = new ChildJvm("broker", folder, BROKER_FLAGS, new BrokerAlone(folder.resolve("broker"), node));
        broker.ready(Integer.class);
    }

    /** Kills a gateway, the service and the broker while requests are sent, once per round, and stops the broker. */
    private void disturb(List<Future<?>> clients) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            awaitAnswers(clients);
            kill("gateway-" + round % gateways.size());
            startGateway(round % gateways.size());
            kill("service");
            startService();
            awaitAnswers(clients);
            broker.close();
            startBroker();
            awaitAnswers(clients);
            broker.kill();
            startBroker();
        }
    }

    /** Waits until a part of the requests of a round is answered, or a client has ended. */
    private void awaitAnswers(List<Future<?>> clients) {
        int target = answered.get() + REQUESTS / ROUNDS / 5;
        await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(20)).until(() -> answered.get() >= target
                || clients.stream().anyMatch(Future::isDone));
    }

    private void kill(String name) throws InterruptedException {
        running.get(name).destroyForcibly().waitFor();
    }

    private void startService() throws Exception {
        start("service", "service", "--set", "bootstrap.servers=" + bootstrapServers, "--set",
                "schema.registry.url=" + registryUrl, "--set", "state.dir=" + folder.resolve("state"), "--set",
                "group.instance.id=one", "--set", "kafka.consumer.session.timeout.ms=6000", "--set",
                "http.port=" + query);
    }

    private void startGateway(int number) throws Exception {
        start("gateway-" + number, "gateway", "--set", "bootstrap.servers=" + bootstrapServers, "--set",
                "schema.registry.url=" + registryUrl, "--set", "http.port=" + gateways.get(number), "--set",
                "query.url=http://127.0.0.1:" + query, "--set", "delivery.timeout.ms=3000");
    }

    private void start(String name, String... arguments) throws Exception {
        running.put(name, CliProcess.start(List.of(), arguments).process());
    }

    private void compare(Map<String, List<ClientAnswer>> answers) {
        Map<String, List<CommandOutcome>> outcomes = outcomes();
        assertThat(answers.values().stream().mapToInt(List::size).sum()).isEqualTo(REQUESTS);
        answers.forEach((offer, given) -> {
            for (int number = 0; number < given.size(); number++) {
                ClientAnswer answer = given.get(number);
                List<CommandOutcome> all = outcomes.getOrDefault(answer.commandId(), List.of());
                List<CommandOutcome> effects = all.stream().filter(one -> one.getResult() != Result.DUPLICATE).toList();
                assertThat(effects).as("outcomes of request %d of %s, besides duplicates", number, offer).hasSize(1);
                assertThat(new ClientAnswer(answer.commandId(), effects.getFirst().getResult().name(),
                        effects.getFirst().getDraftVersion())).as("request %d of %s", number, offer).isEqualTo(answer);
                assertThat(answer.draftVersion()).as("one effect per request of %s", offer).isEqualTo(number + 1);
            }
        });
        assertThat(outcomes).as("commands on the topic").hasSize(REQUESTS);
    }

    /** The committed outcomes by command id. */
    private Map<String, List<CommandOutcome>> outcomes() {
        Map<String, List<CommandOutcome>> outcomes = new HashMap<>();
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(registryUrl));
                TopicReader reader = new TopicReader(new Cluster(bootstrapServers, registry),
                        List.of(Topic.COMMAND_OUTCOMES), new TopicReader.Start.Beginning())) {
            AvroDecoder decoder = new AvroDecoder(registry);
            reader.stopAtEnd();
            reader.run(record -> {
                CommandOutcome outcome = (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value());
                return outcomes.computeIfAbsent(outcome.getCommandId(), id -> new ArrayList<>()).add(outcome);
            });
        }
        return outcomes;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
