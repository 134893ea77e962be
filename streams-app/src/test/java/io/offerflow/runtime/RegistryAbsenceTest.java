package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.offerflow.Envelopes;
import io.offerflow.LogbackLoggers;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Result;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import io.offerflow.topology.OfferTopology;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema registry goes away, at the start and later: nothing is quarantined because of it, nothing is lost. */
class RegistryAbsenceTest {

    private static final int PARTITIONS = 2;
    private static final String APPLICATION = "registry-absence";
    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    /** An offer in the other partition. */
    private static final OfferKey NEIGHBOUR = IntStream.range(0, 100)
            .mapToObj(number -> new OfferKey("contoso", "offer-" + number))
            .filter(offer -> partition(offer) != partition(OFFER)).findFirst().orElseThrow();

    @TempDir
    private Path folder;

    private int newerId;
    private final Logger log = LogbackLoggers.logger("io.offerflow.runtime");
    private final Log logged = new Log();

    private static int partition(OfferKey offer) {
        return Utils.toPositive(Utils.murmur2(StateCodec.key(offer))) % PARTITIONS;
    }

    /** What services say, each line after the name of its thread: other tests run services in this JVM, too. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getThreadName() + " " + event.getFormattedMessage());
        }
    }

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(logged);
    }

    @Test
    void theServiceWaitsForTheRegistryAndLaterRunsWithoutIt() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(PARTITIONS);
            sandbox.stopRegistry();
            CompletableFuture<OfferService> starting = CompletableFuture.supplyAsync(() -> service(sandbox));

            await().atMost(Duration.ofSeconds(30)).until(() -> says("waiting for the schema registry"));
            assertThat(starting).isNotDone();
            sandbox.startRegistry();

            try (OfferService service = starting.get(60, TimeUnit.SECONDS); WireRecords wire =
                    new WireRecords(sandbox, PARTITIONS)) {
                assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
                knownSchemasKeepFlowing(sandbox, wire);
                anUnknownOneIsDecidedOnceTheRegistryIsBack(sandbox, service, wire);
            }
        }
    }

    private OfferService service(Sandbox sandbox) {
        try {
            return OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                    "schema.registry.url", sandbox.registryUrl(), "application.id", APPLICATION, "state.dir",
                    folder.toString())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the service was starting", e);
        }
    }

    private boolean says(String part) {
        return logged.lines.stream().anyMatch(line -> line.contains(part));
    }

    private void knownSchemasKeepFlowing(Sandbox sandbox, WireRecords wire) {
        wire.send(Envelopes.create(OFFER));
        assertThat(outcomes(wire, 1)).extracting(CommandOutcome::getResult).containsExactly(Result.ACCEPTED);
        newerId = wire.registry().register(Topic.OFFER_COMMANDS.subject(), newerSchema());

        sandbox.stopRegistry();
        wire.send(Envelopes.submit(OFFER));

        assertThat(outcomes(wire, 2)).extracting(CommandOutcome::getCommand)
                .containsExactly("CreateOffer", "SubmitOffer");
    }

    private void anUnknownOneIsDecidedOnceTheRegistryIsBack(Sandbox sandbox, OfferService service, WireRecords wire)
            throws Exception {
        Map<Path, FileTime> stores = stores();
        OfferCommand command = Envelopes.submit(OFFER);
        byte[] asWritten = wire.bytes(Topic.OFFER_COMMANDS, command);
        byte[] value = ByteBuffer.wrap(Arrays.copyOf(asWritten, asWritten.length + 1)).putInt(1, newerId).array();
        wire.send(Topic.OFFER_COMMANDS, WireRecords.key(command), value);
        wire.send(Envelopes.delete(OFFER));

        await().atMost(Duration.ofSeconds(15)).until(() -> !service.health().ready());
        String stalled = new TopicPartition(Topic.OFFER_COMMANDS.topicName(), partition(OFFER)).toString();
        assertThat(service.health().live()).isTrue();
        assertThat(service.health().message()).hasLineCount(1).startsWith("Partition " + stalled + " has taken nothing")
                .contains("2 records wait", "has schema id " + newerId, "the schema registry did not answer")
                .containsOnlyOnce("Partition ");
        wire.send(Envelopes.create(NEIGHBOUR));
        assertThat(outcomes(wire, 3)).extracting(CommandOutcome::getCommand)
                .containsExactly("CreateOffer", "SubmitOffer", "CreateOffer");
        sandbox.startRegistry();

        assertThat(outcomes(wire, 5)).extracting(CommandOutcome::getCommand)
                .containsExactly("CreateOffer", "SubmitOffer", "CreateOffer", "SubmitOffer", "DeleteDraft");
        await().atMost(Duration.ofSeconds(15)).until(() -> service.health().ready());
        await("the journal is read as far as the outcomes").atMost(Duration.ofSeconds(15)).until(() -> {
            wire.poll();
            return wire.all(Topic.OFFER_JOURNAL).size() >= 9;
        });
        assertThat(wire.all(Topic.QUARANTINE)).isEmpty();
        assertThat(wire.all(Topic.OFFER_JOURNAL)).as("two positions, two policies, and a line for each input")
                .hasSize(9);
        assertThat(stores()).as("no store was deleted").isEqualTo(stores);
        assertThat(logged.lines).as("threads of this service").noneMatch(line -> line.startsWith(APPLICATION)
                && line.contains("a stream thread stopped"));
    }

    /** The folders of the stores with the time when each was created. */
    private Map<Path, FileTime> stores() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<Path, FileTime> created = new HashMap<>();
            for (Path store : files.filter(path -> path.getParent().endsWith("rocksdb")).toList()) {
                created.put(store, Files.readAttributes(store, BasicFileAttributes.class).creationTime());
            }
            assertThat(created).hasSize(PARTITIONS * OfferTopology.stores().size());
            return created;
        }
    }

    /** That of a release with one more optional field behind the others. */
    private static Schema newerSchema() {
        Schema schema = OfferCommand.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>(schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema())).toList());
        fields.add(new Schema.Field("urgent", Schema.create(Schema.Type.BOOLEAN), "", false));
        return Schema.createRecord(schema.getName(), "", schema.getNamespace(), false, fields);
    }

    private static List<CommandOutcome> outcomes(WireRecords wire, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            wire.poll();
            return wire.all(Topic.COMMAND_OUTCOMES).size() >= count;
        });
        return wire.values(Topic.COMMAND_OUTCOMES, CommandOutcome.class);
    }
}
