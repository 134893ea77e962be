package io.offerflow.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every role tries everything with every topic: what the catalogue grants works, all else is denied. */
@Order(2) // early, since it mostly waits
class AccessMatrixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static SecuredCluster cluster;

    /** What somebody may try to do with a topic. */
    private enum Attempt { WRITE, READ, CHANGE_SETTINGS }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = SecuredCluster.start(folder);
        try (Producer<byte[], byte[]> admin = cluster.producer("admin")) {
            for (Topic topic : Topic.values()) {
                admin.send(record(topic)).get();
            }
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void everyRoleMayDoWhatTheCatalogueSaysAndNothingElse() throws Exception {
        Map<String, Boolean> expected = new TreeMap<>();
        Map<String, Boolean> met = new TreeMap<>();
        for (Role role : Role.values()) {
            try (Clients clients = new Clients(role)) {
                for (Topic topic : Topic.values()) {
                    for (Attempt attempt : Attempt.values()) {
                        String cell = "%s %s %s".formatted(role, attempt, topic.topicName());
                        expected.put(cell, granted(role, attempt, topic));
                        met.put(cell, clients.can(attempt, topic));
                    }
                }
            }
        }
        assertThat(met).hasSizeGreaterThanOrEqualTo(60).containsEntry("PUBLISHER WRITE step-results", false)
                .containsEntry("PUBLISHER WRITE offer-commands", true)
                .containsEntry("STATUS_READER READ audience-members", false)
                .containsEntry("COMMERCE READ audience-members", true)
                .containsEntry("GATEWAY WRITE offer-commands", true)
                .containsEntry("GATEWAY READ offer-journal", false);
        assertThat(met.entrySet().stream().filter(cell -> !cell.getValue().equals(expected.get(cell.getKey())))
                .map(cell -> cell.getKey() + (cell.getValue() ? " works" : " is denied")))
                .as("what is not as the catalogue says").isEmpty();
    }

    /** Idempotence, every producer's default, needs the right to write to any topic of the cluster. */
    @Test
    void whoeverMayWriteSomethingCanDoItWithAnIdempotentProducer() throws Exception {
        for (Role role : Role.values()) {
            List<Topic> writable = Arrays.stream(Topic.values())
                    .filter(topic -> granted(role, Attempt.WRITE, topic)).toList();
            try (Producer<byte[], byte[]> producer = cluster.producer(TopicAcls.userName(role))) {
                for (Topic topic : writable) {
                    assertThat(producer.send(record(topic)).get().topic()).isEqualTo(topic.topicName());
                }
                if (writable.isEmpty()) {
                    assertThatThrownBy(() -> producer.send(record(Topic.OFFER_COMMANDS)).get())
                            .as("a record of %s", role)
                            .satisfies(refused -> assertThat(causes(refused))
                                    .hasAtLeastOneElementOfType(AuthorizationException.class));
                }
            }
        }
    }

    @Test
    void nobodyButTheServiceCanTakeItsGroupOrItsTransactions() {
        EnumSet.complementOf(EnumSet.of(Role.SERVICE)).forEach(role -> {
            Map<String, Object> settings = cluster.settings(TopicAcls.userName(role));
            settings.put("transactional.id", "offerflow-1");
            try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                assertThatThrownBy(producer::initTransactions).as("transactions of %s", role)
                        .isInstanceOf(TransactionalIdAuthorizationException.class);
            }
            try (Admin admin = cluster.admin(role)) {
                assertThatThrownBy(() -> admin.listConsumerGroupOffsets("offerflow").partitionsToOffsetAndMetadata()
                        .get()).as("group of %s", role).hasCauseInstanceOf(GroupAuthorizationException.class);
            }
        });
    }

    @Test
    void aRoleHasGroupsUnderItsOwnName() throws Exception {
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.SERVICE))) {
            try (Admin admin = cluster.admin(role)) {
                assertThat(admin.listConsumerGroupOffsets(TopicAcls.userName(role) + "-report")
                        .partitionsToOffsetAndMetadata().get()).isEmpty();
            }
        }
    }

    @Test
    void noRoleCanCreateATopicOutsideTheServicesOwnNames() {
        for (Role role : Role.values()) {
            try (Admin admin = cluster.admin(role)) {
                assertThatThrownBy(() -> admin.createTopics(Set.of(new NewTopic("offers", 1, (short) 1))).all().get())
                        .as("topic of %s", role).hasCauseInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    private static boolean granted(Role role, Attempt attempt, Topic topic) {
        return switch (attempt) {
            case WRITE -> topic.writers().contains(role) || role == Role.GATEWAY && isWrittenByGateway(topic);
            case READ -> topic.readers().contains(role)
                    || role == Role.SERVICE && Set.of(Topic.OFFER_STATUS, Topic.OFFER_JOURNAL).contains(topic)
                    || role == Role.GATEWAY && (isWrittenByGateway(topic)
                            || Set.of(Topic.COMMAND_OUTCOMES, Topic.QUARANTINE).contains(topic));
            case CHANGE_SETTINGS -> false;
        };
    }

    private static boolean isWrittenByGateway(Topic topic) {
        return topic.direction() == Topic.Direction.INPUT
                || Set.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS).contains(topic);
    }

    private static List<Throwable> causes(Throwable first) {
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause).toList();
    }

    /**
     * A producer that stays usable after a refused record. An idempotent one without any right to write may enter an
     * error state, depending on the order of responses.
     */
    private static Producer<byte[], byte[]> plainProducer(String user) {
        Map<String, Object> settings = cluster.settings(user);
        settings.put("enable.idempotence", false);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic) {
        return new ProducerRecord<>(topic.topicName(), 0, "contoso/x".getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    /** One of each kind of client for one role. */
    private static final class Clients implements AutoCloseable {

        private final Producer<byte[], byte[]> producer;
        private final Consumer<byte[], byte[]> consumer;
        private final Admin admin;

        Clients(Role role) {
            String user = TopicAcls.userName(role);
            this.producer = plainProducer(user);
            this.consumer = cluster.consumer(user);
            this.admin = cluster.admin(role);
        }

        boolean can(Attempt attempt, Topic topic) throws Exception {
            try {
                switch (attempt) {
                    case WRITE -> producer.send(record(topic)).get();
                    case READ -> read(topic);
                    case CHANGE_SETTINGS -> change(topic);
                }
                return true;
            } catch (AuthorizationException denied) {
                return false;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    return false;
                }
                throw e;
            }
        }

        private void read(Topic topic) {
            TopicPartition partition = new TopicPartition(topic.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("neither a record nor a refusal from " + topic.topicName());
                }
            }
        }

        private void change(Topic topic) throws InterruptedException, ExecutionException {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                    List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))),
                    new AlterConfigsOptions().validateOnly(true)).all().get();
        }

        @Override
        public void close() {
            producer.close(Duration.ofSeconds(2));
            consumer.close();
            admin.close();
        }
    }
}
