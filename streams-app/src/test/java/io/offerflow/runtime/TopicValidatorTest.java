package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which topics the service refuses to start, on which it stops, and what it says then. */
class TopicValidatorTest {

    private static final short ONE = 1;

    @TempDir
    private Path states;

    private static Sandbox sandbox;
    private static Admin admin;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(2);
        admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        sandbox.close();
    }

    /** A broker learns of a change a moment after the controller has confirmed it. */
    private static void theServiceDoesNotStartAndSays(String... parts) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThatThrownBy(() -> new TopicValidator(admin).validate()).isInstanceOf(ConfigException.class)
                        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts)));
        ServiceConfig config = ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl()));
        assertThatThrownBy(() -> OfferService.start(config)).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the service does not start, because ")
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }

    @AfterEach
    void allIsWellAgain() {
        await().atMost(Duration.ofSeconds(20)).ignoreException(ConfigException.class)
                .until(() -> new TopicValidator(admin).validate().partitions() == 2);
    }

    private static void recreate(Topic topic, int partitions) throws InterruptedException, ExecutionException {
        delete(topic);
        admin.createTopics(List.of(topic.newTopic(partitions, ONE))).all().get();
    }

    private static void delete(Topic topic) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic.topicName())).all().get();
    }

    private static void set(Topic topic, String name, String value) throws InterruptedException, ExecutionException {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)))).all().get();
    }

    @Test
    void aMissingTopicIsNamedWithTheSettingsToCreateItWith() throws Exception {
        delete(Topic.STEP_RESULTS);
        try {
            theServiceDoesNotStartAndSays("topic step-results does not exist",
                    "message.timestamp.type=LogAppendTime", "cleanup.policy=delete");
        } finally {
            admin.createTopics(List.of(Topic.STEP_RESULTS.newTopic(2, ONE))).all().get();
        }
    }

    @Test
    void unequalNumbersOfPartitionsAreNamedTopicByTopic() throws Exception {
        recreate(Topic.SUPPORT_DECISIONS, 3);
        try {
            theServiceDoesNotStartAndSays("the same number of partitions", "offer-commands 2", "support-decisions 3",
                    "recreate those that differ");
        } finally {
            recreate(Topic.SUPPORT_DECISIONS, 2);
        }
    }

    @Test
    void timestampsOfTheSendersAreRefusedWithTheCommandThatMendsIt() throws Exception {
        set(Topic.OFFER_COMMANDS, "message.timestamp.type", "CreateTime");
        try {
            theServiceDoesNotStartAndSays("topic offer-commands has message.timestamp.type=CreateTime",
                    "kafka-configs --alter", "--add-config message.timestamp.type=LogAppendTime");
        } finally {
            set(Topic.OFFER_COMMANDS, "message.timestamp.type", "LogAppendTime");
        }
    }

    @Test
    void aCompactedJournalIsRefused() throws Exception {
        set(Topic.OFFER_JOURNAL, "cleanup.policy", "compact");
        try {
            theServiceDoesNotStartAndSays("topic offer-journal has cleanup.policy=compact instead of delete");
        } finally {
            set(Topic.OFFER_JOURNAL, "cleanup.policy", "delete");
        }
    }

    @Test
    void brokersThatGiveNoAnswerAreNamed() {
        ServiceConfig config = ServiceConfig.of(Map.of("bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", sandbox.registryUrl(), "kafka.default.api.timeout.ms", "1500",
                "kafka.request.timeout.ms", "1000"));
        assertThatThrownBy(() -> OfferService.start(config)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("the brokers at 127.0.0.1:1 do not answer; check bootstrap.servers");
    }

    @Test
    void topicsOfOthersDoNotMatter() throws Exception {
        admin.createTopics(List.of(new NewTopic("invoices", 7, ONE))).all().get();

        assertThat(new TopicValidator(admin).validate().partitions()).isEqualTo(2);
    }

    private OfferService running(String applicationId) throws InterruptedException {
        OfferService service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(), "application.id",
                applicationId, "state.dir", states.toString())));
        assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
        return service;
    }

    private static void stopsWithin15Seconds(OfferService service, String... parts) throws InterruptedException {
        await().atMost(Duration.ofSeconds(15)).until(() -> service.failure().isPresent());
        service.awaitEnd();
        assertThat(service.failure().orElseThrow()).startsWith("the service stops, because ").contains(parts)
                .doesNotContain("StreamsResetter").hasLineCount(1);
        assertThat(service.health()).matches(health -> !health.live() && !health.ready());
        assertThat(service.health().message()).contains(parts);
    }

    /** Also the way back of docs/operations.md: create the topic again, start, send again. */
    @Test
    void aRunningServiceStopsWhenPartitionsAreRaised() throws Exception {
        OfferCommand create = Envelopes.create(new OfferKey("contoso", "shift-planner"));
        try (WireRecords wire = new WireRecords(sandbox, 2)) {
            try (OfferService service = running("raised")) {
                wire.send(create);
                assertThat(outcomes(wire, 1)).containsExactly(Result.ACCEPTED);
                admin.createPartitions(Map.of("offer-commands", NewPartitions.increaseTo(3))).all().get();
                stopsWithin15Seconds(service, "topic offer-commands has 3 partitions instead of the 2 at the start",
                        "create it again with 2");
            } finally {
                recreate(Topic.OFFER_COMMANDS, 2);
            }
        }
        try (WireRecords wire = new WireRecords(sandbox, 2); OfferService service = running("raised")) {
            wire.send(create);
            assertThat(outcomes(wire, 2)).containsExactly(Result.ACCEPTED, Result.DUPLICATE);
            assertThat(service.failure()).isEmpty();
        }
    }

    private static List<Result> outcomes(WireRecords wire, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            wire.poll();
            return wire.all(Topic.COMMAND_OUTCOMES).size() >= count;
        });
        return wire.values(Topic.COMMAND_OUTCOMES, CommandOutcome.class).stream().map(CommandOutcome::getResult)
                .toList();
    }

    @Test
    void aRunningServiceStopsWhenATopicIsCreatedAgain() throws Exception {
        try (OfferService service = running("recreated")) {
            delete(Topic.STEP_RESULTS);
            NewTopic other = Topic.STEP_RESULTS.newTopic(2, ONE);
            Map<String, String> settings = new HashMap<>(other.configs());
            settings.put("message.timestamp.type", "CreateTime");
            admin.createTopics(List.of(other.configs(settings))).all().get();
            stopsWithin15Seconds(service, "topic step-results was deleted and created again",
                    "topic step-results has message.timestamp.type=CreateTime instead of LogAppendTime");
        } finally {
            recreate(Topic.STEP_RESULTS, 2);
        }
    }

    private static String changed(TopicLayout start, String part) {
        TopicValidator validator = new TopicValidator(admin, Duration.ofSeconds(10));
        return await().atMost(Duration.ofSeconds(20)).until(() -> validator.changed(start).orElse(""),
                found -> found.contains(part));
    }

    @Test
    void everyCheckOfTheStartIsMadeAgainWhileTheServiceRuns() throws Exception {
        TopicLayout start = new TopicValidator(admin).validate();
        assertThat(new TopicValidator(admin, Duration.ofSeconds(10)).changed(start)).isEmpty();
        set(Topic.OFFER_STATUS, "cleanup.policy", "delete");
        try {
            assertThat(changed(start, "offer-status")).contains("has cleanup.policy=delete instead of compact",
                    "kafka-configs --alter");
        } finally {
            set(Topic.OFFER_STATUS, "cleanup.policy", "compact");
        }
        delete(Topic.NOTIFICATIONS);
        assertThat(changed(start, "not exist")).contains("topic notifications does not exist", "retention.ms=");
        admin.createTopics(List.of(Topic.NOTIFICATIONS.newTopic(2, ONE))).all().get();
        assertThat(changed(start, "again")).contains("topic notifications was deleted and created again");
    }
}
