package io.offerflow.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.OfferCommand;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMarketplaceTest {

    @TempDir
    private Path data;

    @Test
    void withADirectoryARestartGoesOnAndAFaultEndsIt() throws Exception {
        List<Integer> ids;
        try (Running first = new Running(data)) {
            create(first, "shift-planner");
            await().atMost(Duration.ofSeconds(30)).until(() -> first.status("shift-planner") == 200);
            ids = ids(first);
        }
        try (Running second = new Running(data)) {
            assertThat(ids(second)).isEqualTo(ids);
            await().atMost(Duration.ofSeconds(30)).until(() -> second.status("shift-planner") == 200);
            create(second, "tide-tables");
            await().atMost(Duration.ofSeconds(30)).until(() -> second.status("tide-tables") == 200);
            raisePartitions(second);
            assertThat(second.failure()).contains("CliFailure: the service stops, because topic offer-commands has 3 "
                    + "partitions instead of the 2 at the start");
        }
    }

    @Test
    void samplesGiveThePageSomethingToShow() throws Exception {
        Path samples = Files.createDirectory(data.resolve("samples"));
        Files.writeString(samples.resolve("contoso.jsonl"), """
                {"topic": "offer-commands", "value": {"publisherId": "contoso", "offerId": "played", \
                "actor": "portal", "payload": {"CreateOffer": {"offerType": "SAAS", "alias": "Played"}}}}
                """);
        try (Running up = new Running(data.resolve("all"), Optional.of(samples))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> up.said.toString().contains("have been played"));
            await().atMost(Duration.ofSeconds(30)).until(() -> up.status("played") == 200);
        }
    }

    private static List<Integer> ids(Running up) {
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(up.address("registry")))) {
            return Arrays.stream(Topic.values()).flatMap(topic ->
                    registry.idsOf(topic.subject()).stream()).toList();
        }
    }

    private static void raisePartitions(Running up) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", up.address("broker")))) {
            admin.createPartitions(Map.of(Topic.OFFER_COMMANDS.topicName(), NewPartitions.increaseTo(3))).all().get();
        }
    }

    private static void create(Running up, String offerId) throws Exception {
        OfferCommand command = OfferCommand.newBuilder().setCommandId(UUID.randomUUID().toString())
                .setPublisherId("contoso").setOfferId(offerId).setActor("partner-portal").setIssuedAt(Instant.EPOCH)
                .setPayload(new CreateOffer("SAAS", offerId)).build();
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(up.address("registry")));
                Producer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers",
                        up.address("broker")), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(),
                    ("contoso/" + offerId).getBytes(StandardCharsets.UTF_8),
                    new AvroEncoder(registry, List.of(Topic.OFFER_COMMANDS)).encode(Topic.OFFER_COMMANDS, command)))
                    .get();
        }
    }

    /** One run of it, from its start until it has ended. */
    private static final class Running implements AutoCloseable {

        private final StringWriter said = new StringWriter();
        private final LocalMarketplace up;
        private final Thread thread;

        Running(Path data) {
            this(data, Optional.empty());
        }

        Running(Path data, Optional<Path> samples) {
            up = new LocalMarketplace(new LocalMarketplace.MarketplaceOptions(Optional.of(data), 0, 0, 0, 0, 2,
                    Duration.ofMillis(50), samples), new PrintWriter(said));
            thread = Thread.ofPlatform().start(() -> {
                try {
                    up.run();
                } catch (Exception e) {
                    said.append("failed: ").append(e.toString());
                }
            });
            await().atMost(Duration.ofSeconds(90)).until(() -> said.toString().contains("Running until")
                    || said.toString().contains("failed"));
            assertThat(said.toString()).doesNotContain("failed");
        }

        String address(String what) {
            return said.toString().lines().filter(line -> line.strip().startsWith(what)).findFirst().orElseThrow()
                    .strip().substring(what.length()).strip();
        }

        int status(String offerId) throws IOException, InterruptedException {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address("service")
                    + "/offers/contoso/" + offerId)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }

        /** The failure with which it ends by itself. */
        String failure() {
            await().atMost(Duration.ofSeconds(30)).until(() -> !thread.isAlive());
            return said.toString().substring(said.toString().indexOf("failed"));
        }

        @Override
        public void close() {
            boolean runs = thread.isAlive();
            up.stop();
            await().atMost(Duration.ofSeconds(60)).until(() -> !thread.isAlive());
            assertThat(said.toString().contains("failed")).isNotEqualTo(runs);
        }
    }
}
