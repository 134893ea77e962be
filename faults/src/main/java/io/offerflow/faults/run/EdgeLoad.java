package io.offerflow.faults.run;

import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.cluster.ServiceCluster;
import io.offerflow.faults.load.GatewayClients;
import io.offerflow.faults.load.RecoveryTimes;
import io.offerflow.faults.load.WebhookReceipts;
import io.offerflow.faults.oracle.GatewayAnswers;
import io.offerflow.faults.oracle.Violation;
import io.offerflow.faults.oracle.WebhooksInOrder;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients of the gateway, and a receiver that has subscribed to the notifications. */
final class EdgeLoad implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final SchemaRegistry registry;
    private final WebhookReceipts receiver;
    private final GatewayClients clients;

    /** Subscribes, and begins to send requests. */
    EdgeLoad(ServiceCluster cluster, SchemaRegistry registry, RecoveryTimes recoveries) {
        this.registry = registry;
        this.receiver = new WebhookReceipts(recoveries);
        Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
        Map<String, Object> reader = Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level",
                "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", "false");
        new DirectoryEditor(
                () -> new KafkaConsumer<>(reader, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                () -> new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer()), registry,
                InstantSource.system()).setSubscription(Subscription.newBuilder().setSubscriptionId("faults")
                        .setUrl(receiver.url()).setTopics(List.of(Topic.NOTIFICATIONS.topicName()))
                        .setSecret("file:first").setSince(Instant.EPOCH).setState(SubscriptionState.ACTIVE).build());
        this.clients = new GatewayClients(cluster.gatewayUrl(), recoveries);
    }

    /** Waits until all requests are answered. */
    void awaitAnswers() throws InterruptedException {
        clients.awaitAnswers(TIMEOUT);
    }

    /** Waits until a number of different events was received. */
    void awaitReceipts(int events) throws InterruptedException {
        long until = System.nanoTime() + TIMEOUT.toNanos();
        while (receiver.ids().size() < events && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Requests without a good answer. */
    List<String> trouble() {
        return clients.refused();
    }

    List<Violation> check(List<ConsumerRecord<byte[], byte[]>> outcomes,
            List<ConsumerRecord<byte[], byte[]>> notifications) {
        return Stream.concat(GatewayAnswers.check(clients.answers(), outcomes, registry).stream(),
                WebhooksInOrder.check(receiver.receipts(), notifications).stream()).toList();
    }

    RunReport.EdgeReport report() {
        int receipts = receiver.receipts().size();
        return new RunReport.EdgeReport(clients.answers().size(), clients.repeated(), receiver.ids().size(),
                receipts - receiver.ids().size());
    }

    @Override
    public void close() {
        clients.close();
        receiver.close();
    }
}
