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

/** What has to be done at a fresh broker, through Kafka's admin client, before others find it ready. */
public final class BrokerBootstrap {

    private static final short ONE_REPLICA = 1;
    /** Names of nobody whose hash codes follow each other, so that each internal partition has one of them. */
    private static final List<String> NOBODIES = List.of("a", "b", "c", "d");

    private final String bootstrapServers;
    private final Map<String, String> credentials;

    public BrokerBootstrap(String bootstrapServers, Map<String, String> credentials) {
        this.bootstrapServers = bootstrapServers;
        this.credentials = credentials;
    }

    /**
     * Has the broker make its internal topics for groups and transactions now. It would do so when they are first
     * asked for, and the first client of each kind would report errors until they are there. The same holds for the
     * first block of producer ids.
     */
    public void awakenCoordinators() {
        try (Admin admin = admin()) {
            DescribeTransactionsResult transactions = admin.describeTransactions(NOBODIES);
            admin.describeConsumerGroups(NOBODIES).describedGroups().values().forEach(answered ->
                    await("make the group coordinator ready", GroupIdNotFoundException.class::isInstance, answered));
            NOBODIES.forEach(id -> await("make the transaction coordinator ready",
                    TransactionalIdNotFoundException.class::isInstance, transactions.description(id)));
            await("have producer ids at hand", refusal -> false,
                    admin.fenceProducers(List.of("offerflow-sandbox")).all());
        }
    }

    /** Creates those topics of the catalogue that are not there yet. */
    public void createTopics(int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(Arrays.stream(Topic.values())
                    .map(topic -> topic.newTopic(partitions, ONE_REPLICA)).toList()).values()
                    .forEach((name, created) -> await("create topic " + name, TopicExistsException.class::isInstance,
                            created));
        }
    }

    private Admin admin() {
        Map<String, Object> settings = new HashMap<>(credentials);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return Admin.create(settings);
    }

    /** Waits for the broker; some refusals mean that all is as it should be. */
    private void await(String chore, Predicate<Throwable> fine, KafkaFuture<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (!fine.test(e.getCause())) {
                throw new SandboxException("the broker at %s could not %s: %s"
                        .formatted(bootstrapServers, chore, e.getCause().getMessage()), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the broker at %s had to %s"
                    .formatted(bootstrapServers, chore), e);
        }
    }
}
