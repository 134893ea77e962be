package io.offerflow.faults.cluster;

import io.offerflow.contract.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaFuture;

/** What the brokers say about the cluster. */
public final class ClusterView implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration IN_SYNC = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Admin admin;
    private final String group;
    private final int partitions;

    /** @param group of the service */
    public ClusterView(String bootstrapServers, String group, int partitions) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.group = group;
        this.partitions = partitions;
    }

    /** All partitions. */
    public Set<Integer> all() {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }

    /** The partitions that instances process; all of them if that is not known now. */
    public Set<Integer> owned(List<Member> instances) throws InterruptedException {
        try {
            Set<Integer> owned = new HashSet<>();
            get(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group)).members().stream()
                    .filter(member -> instances.stream().anyMatch(instance -> isOf(member, instance)))
                    .forEach(member -> member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals(Topic.OFFER_COMMANDS.topicName()))
                            .forEach(partition -> owned.add(partition.partition())));
            return owned;
        } catch (ExecutionException | TimeoutException e) {
            return all();
        }
    }

    /** The id of a stream thread begins with that of its instance. */
    private static boolean isOf(MemberDescription member, Member instance) {
        return member.groupInstanceId().filter(id -> id.startsWith(instance.name() + "-")).isPresent();
    }

    /** The id of the broker that is the active controller; 1 if that is not known now. */
    public int controller() throws InterruptedException {
        try {
            return get(admin.describeMetadataQuorum().quorumInfo()).leaderId();
        } catch (ExecutionException | TimeoutException e) {
            return 1;
        }
    }

    /** Waits until every replica of every topic is in sync; at most a minute. */
    public void awaitInSync() throws InterruptedException {
        long until = System.nanoTime() + IN_SYNC.toNanos();
        while (!inSync() && System.nanoTime() < until) {
            Thread.sleep(POLL);
        }
    }

    private boolean inSync() throws InterruptedException {
        try {
            return get(admin.describeTopics(get(admin.listTopics().names())).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException,
            InterruptedException {
        return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(ANSWER);
    }
}
