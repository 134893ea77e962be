package io.offerflow.sandbox.broker;

import io.offerflow.contract.Topic;
import io.offerflow.sandbox.host.SandboxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Prepares a new broker through Kafka's admin client, so that clients find it ready. */
public final class BrokerBootstrap {

    /** Unused ids with consecutive hash codes, so that each internal partition has one of them. */
    private static final List<String> UNUSED_IDS = List.of("a", "b", "c", "d");

    private final String bootstrapServers;
    private final Map<String, String> credentials;

    public BrokerBootstrap(String bootstrapServers, Map<String, String> credentials) {
        this.bootstrapServers = bootstrapServers;
        this.credentials = credentials;
    }

    /**
     * Makes the broker create its internal topics for groups and transactions, and allocate producer ids. Otherwise it
     * does so on the first request, and the first client reports errors until it is done.
     */
    public void startCoordinators() {
        try (Admin admin = admin()) {
            DescribeTransactionsResult transactions = admin.describeTransactions(UNUSED_IDS);
            admin.describeConsumerGroups(UNUSED_IDS).describedGroups().values().forEach(answered ->
                    await("make the group coordinator ready", GroupIdNotFoundException.class::isInstance, answered));
            UNUSED_IDS.forEach(id -> await("make the transaction coordinator ready",
                    TransactionalIdNotFoundException.class::isInstance, transactions.description(id)));
            await("allocate producer ids", refusal -> false,
                    admin.fenceProducers(List.of("offerflow-sandbox")).all());
        }
    }

    /** Creates the topics of the catalogue that do not exist. */
    public void createTopics(int partitions, short replicas) {
        try (Admin admin = admin()) {
            admin.createTopics(Arrays.stream(Topic.values())
                    .map(topic -> topic.newTopic(partitions, replicas)).toList()).values()
                    .forEach((name, created) -> await("create topic " + name, TopicExistsException.class::isInstance,
                            created));
        }
    }

    private Admin admin() {
        Map<String, Object> settings = new HashMap<>(credentials);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return Admin.create(settings);
    }

    /** Waits for the broker; some errors are expected. */
    private void await(String action, Predicate<Throwable> expected, KafkaFuture<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (!expected.test(e.getCause())) {
                throw new SandboxException("the broker at %s could not %s: %s"
                        .formatted(bootstrapServers, action, e.getCause().getMessage()), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the broker at %s had to %s"
                    .formatted(bootstrapServers, action), e);
        }
    }
}
