package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.offerflow.contract.Topic;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On which topics the service refuses to start, and what it says then. */
class TopicValidatorTest {

    private static final short ONE = 1;

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
                assertThatThrownBy(() -> new TopicValidator(admin).partitions()).isInstanceOf(ConfigException.class)
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
                .until(() -> new TopicValidator(admin).partitions() == 2);
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

        assertThat(new TopicValidator(admin).partitions()).isEqualTo(2);
    }
}
