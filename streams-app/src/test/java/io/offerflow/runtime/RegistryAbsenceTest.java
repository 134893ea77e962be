package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The schema registry goes away, at the start and later: nothing is quarantined because of it, nothing is lost. */
class RegistryAbsenceTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");

    @TempDir
    private Path folder;

    private int newerId;
    private final Logger log = (Logger) LoggerFactory.getLogger("io.offerflow.runtime");
    private final Log logged = new Log();

    /** What the service says. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
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
            sandbox.createTopics(1);
            sandbox.stopRegistry();
            CompletableFuture<OfferService> starting = CompletableFuture.supplyAsync(() -> service(sandbox));

            await().atMost(Duration.ofSeconds(30)).until(() -> says("waiting for the schema registry"));
            assertThat(starting).isNotDone();
            sandbox.startRegistry();

            try (OfferService service = starting.get(60, TimeUnit.SECONDS); WireRecords wire =
                    new WireRecords(sandbox, 1)) {
                assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
                knownSchemasKeepFlowing(sandbox, wire);
                anUnknownOneIsDecidedOnceTheRegistryIsBack(sandbox, wire);
            }
        }
    }

    private OfferService service(Sandbox sandbox) {
        try {
            return OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                    "schema.registry.url", sandbox.registryUrl(), "state.dir", folder.toString())));
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

    private void anUnknownOneIsDecidedOnceTheRegistryIsBack(Sandbox sandbox, WireRecords wire) {
        OfferCommand command = Envelopes.submit(OFFER);
        byte[] asWritten = wire.bytes(Topic.OFFER_COMMANDS, command);
        byte[] value = ByteBuffer.wrap(Arrays.copyOf(asWritten, asWritten.length + 1)).putInt(1, newerId).array();
        wire.send(Topic.OFFER_COMMANDS, WireRecords.key(command), value);
        wire.send(Envelopes.delete(OFFER));

        await().atMost(Duration.ofSeconds(60)).until(() -> says("a stream thread stopped because"));
        sandbox.startRegistry();

        assertThat(outcomes(wire, 4)).extracting(CommandOutcome::getCommand)
                .containsExactly("CreateOffer", "SubmitOffer", "SubmitOffer", "DeleteDraft");
        assertThat(wire.all(Topic.QUARANTINE)).isEmpty();
        assertThat(wire.all(Topic.OFFER_JOURNAL)).as("the policy, and a line for each input").hasSize(5);
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
