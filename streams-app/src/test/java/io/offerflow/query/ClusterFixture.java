package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.ForkedService;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A real broker and registry, a producer, and service instances that are started and stopped at will. */
final class ClusterFixture implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final Map<String, String> SETTINGS = Map.of("kafka.acceptable.recovery.lag", "10000",
            "http.port", "0", "num.standby.replicas", "1", "kafka.consumer.session.timeout.ms", "6000");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path states;
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());
    private final RegistryClient registry;
    private final Producer<byte[], byte[]> producer;
    private final AvroEncoder encoder;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ClusterFixture(Path states) {
        this.states = states;
        sandbox.createTopics(PARTITIONS);
        registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", sandbox.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(), new ByteArraySerializer());
        encoder = new AvroEncoder(registry, Topic.inputs());
    }

    /** Starts an instance with the query API on a free port, and waits until it works. */
    OfferService instance(String name) throws InterruptedException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of("bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url",
                sandbox.registryUrl(), "state.dir", states.resolve(name).toString()));
        OfferService service = OfferService.start(ServiceConfig.of(settings));
        if (!service.awaitReady(Duration.ofSeconds(60))) {
            throw new IllegalStateException("instance " + name + " was not ready in time");
        }
        return service;
    }

    /** An instance as a process of its own. */
    ForkedService process(String name) {
        return new ForkedService(sandbox, states, name, SETTINGS);
    }

    void send(IndexedRecord envelope, OfferKey key) {
        send(envelope, key, Instant.now());
    }

    /** Sends it as if it were then, which {@link #clockOfInputs} must allow. */
    void send(IndexedRecord envelope, OfferKey key, Instant at) {
        Topic topic = Topic.inputs().stream().filter(input ->
                input.schema().getFullName().equals(envelope.getSchema().getFullName())).findFirst().orElseThrow();
        producer.send(new ProducerRecord<>(topic.topicName(), null, at.toEpochMilli(), StateCodec.key(key),
                encoder.encode(topic, envelope)));
    }

    /** Sets the timestamp type of the inputs, {@code LogAppendTime} or {@code CreateTime}. */
    void clockOfInputs(String type) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            AlterConfigOp change = new AlterConfigOp(new ConfigEntry("message.timestamp.type", type),
                    AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Topic.inputs().stream().collect(Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                    topic -> List.of(change)))).all().get();
            for (Topic topic : Topic.inputs()) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
                Awaitility.await().until(() -> admin.describeConfigs(List.of(resource)).all().get().get(resource)
                        .get("message.timestamp.type").value().equals(type));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clock of the inputs stays as it is", e);
        }
    }

    void flush() {
        producer.flush();
    }

    /** An answer of an instance. */
    record Reply(int status, JsonNode body, HttpResponse<byte[]> raw) {
    }

    Reply get(OfferService instance, String path) {
        return ask(instance.httpPort().orElseThrow(), "GET", path);
    }

    Reply ask(int port, String method, String path) {
        try {
            HttpResponse<byte[]> response = client.send(HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:%d%s".formatted(port, path))).timeout(Duration.ofSeconds(15))
                    .method(method, HttpRequest.BodyPublishers.noBody()).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Reply(response.statusCode(), json ? JSON.readTree(response.body()) : JSON.missingNode(),
                    response);
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<OfferKey> offers(String publisher, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new OfferKey(publisher, "offer-%05d".formatted(number))).toList();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        registry.close();
        sandbox.close();
    }
}
