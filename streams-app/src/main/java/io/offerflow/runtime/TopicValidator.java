package io.offerflow.runtime;

import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Validates the topics of a role, before its program starts and while it runs. Kafka Streams checks little of this for
 * a topology of processors: with unequal partition counts two tasks would each hold a part of an offer.
 */
public final class TopicValidator {

    /** Settings that the correctness of the service depends on. */
    private static final List<String> SETTINGS =
            List.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TopicConfig.CLEANUP_POLICY_CONFIG);

    private final Admin admin;
    private final Optional<Integer> timeout;
    private final Role role;
    private final List<Topic> topics;

    /** For the topics of the service; uses the timeout of the client. */
    TopicValidator(Admin admin) {
        this(admin, Role.SERVICE, Optional.empty());
    }

    /** For the topics of the service; waits at most this long for each answer of the brokers. */
    TopicValidator(Admin admin, Duration timeout) {
        this(admin, Role.SERVICE, Optional.of(timeout));
    }

    /** For the topics of a role; uses the timeout of the client. */
    public TopicValidator(Admin admin, Role role) {
        this(admin, role, Optional.empty());
    }

    private TopicValidator(Admin admin, Role role, Optional<Duration> timeout) {
        this.admin = admin;
        this.role = role;
        this.topics = Topic.of(role);
        this.timeout = timeout.map(limit -> Math.toIntExact(limit.toMillis()));
    }

    /**
     * Validates before the start.
     *
     * @return the topics as they were found
     * @throws ConfigException naming every topic that is missing or wrong, and how to correct it
     */
    public TopicLayout validate() throws InterruptedException, ExecutionException {
        Map<Topic, TopicDescription> found = describe(true);
        List<String> problems = layoutProblems(found);
        found.forEach((topic, description) -> accessProblem(topic, description).ifPresent(problems::add));
        if (problems.isEmpty()) {
            problems.addAll(settingProblems(found));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException("the %s does not start, because %s".formatted(TopicAcls.userName(role),
                    String.join("; and ", problems)));
        }
        Map<Topic, Uuid> ids = new EnumMap<>(Topic.class);
        found.forEach((topic, description) -> ids.put(topic, description.topicId()));
        return new TopicLayout(found.get(topics.getFirst()).partitions().size(), ids);
    }

    /**
     * Validates while the service runs. Access is not validated: the operation that is denied says so, and an
     * administrator can allow it again without a restart.
     *
     * @return every topic that is missing, wrong or not the one of the start, and what to do; empty if there is none
     */
    Optional<String> changed(TopicLayout start) throws InterruptedException, ExecutionException {
        Map<Topic, TopicDescription> found = describe(false);
        List<String> problems = new ArrayList<>();
        found.forEach((topic, description) -> change(topic, description, start).ifPresent(problems::add));
        if (problems.isEmpty()) {
            problems.addAll(layoutProblems(found));
        }
        problems.addAll(settingProblems(found));
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; and ", problems));
    }

    private static Optional<String> change(Topic topic, TopicDescription description, TopicLayout start) {
        int partitions = description.partitions().size();
        if (partitions != start.partitions()) {
            return Optional.of(("topic %s has %d partitions instead of the %d at the start, so its keys are no longer "
                    + "in the partitions of their offers; create it again with %3$d").formatted(topic.topicName(),
                            partitions, start.partitions()));
        }
        return description.topicId().equals(start.ids().get(topic)) ? Optional.empty() : Optional.of(
                ("topic %s was deleted and created again while the service was running, with the records that were not "
                        + "decided; start the service again once the topic is right").formatted(topic.topicName()));
    }

    private List<String> layoutProblems(Map<Topic, TopicDescription> found) {
        List<String> problems = new ArrayList<>();
        topics.stream().filter(topic -> !found.containsKey(topic)).map(topic ->
                "topic %s does not exist; create it with %s".formatted(topic.topicName(), settings(topic)))
                .forEach(problems::add);
        partitionProblem(found).ifPresent(problems::add);
        return problems;
    }

    /** A broker without an authorizer answers that everything is allowed. */
    private Optional<String> accessProblem(Topic topic, TopicDescription description) {
        Set<AclOperation> needed = EnumSet.noneOf(AclOperation.class);
        if (topic.writers().contains(role)) {
            needed.add(AclOperation.WRITE);
        }
        boolean readBack = role == Role.SERVICE && TopicAcls.READ_BACK.contains(topic);
        if (topic.readers().contains(role) || readBack) {
            needed.add(AclOperation.READ);
        }
        needed.removeAll(Optional.ofNullable(description.authorizedOperations()).orElse(needed));
        return needed.isEmpty() ? Optional.empty() : Optional.of(
                ("the brokers do not let this %s %s topic %s; have the administrator run "
                        + "`offerflow prepare --access`")
                        .formatted(TopicAcls.userName(role), needed.stream().map(Enum::name)
                                .collect(Collectors.joining(" and ")), topic.topicName()));
    }

    private static Optional<String> partitionProblem(Map<Topic, TopicDescription> found) {
        Map<Topic, Integer> counts = new TreeMap<>();
        found.forEach((topic, description) -> counts.put(topic, description.partitions().size()));
        if (counts.values().stream().distinct().count() <= 1) {
            return Optional.empty();
        }
        return Optional.of(("topics must have the same number of partitions, but they have %s; recreate those that "
                + "differ").formatted(counts.entrySet().stream()
                        .map(count -> "%s %d".formatted(count.getKey().topicName(), count.getValue()))
                        .collect(Collectors.joining(", "))));
    }

    private List<String> settingProblems(Map<Topic, TopicDescription> found)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = found.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName())).toList();
        List<String> problems = new ArrayList<>();
        Map<ConfigResource, Config> configs = admin.describeConfigs(resources,
                new DescribeConfigsOptions().timeoutMs(timeout.orElse(null))).all().get();
        found.keySet().forEach(topic -> {
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()));
            SETTINGS.forEach(name -> {
                String actual = config.get(name).value();
                String expected = topic.settings().get(name);
                if (!actual.equals(expected)) {
                    problems.add(("topic %1$s has %2$s=%3$s instead of %4$s; correct it with kafka-configs --alter "
                            + "--entity-type topics --entity-name %1$s --add-config %2$s=%4$s")
                            .formatted(topic.topicName(), name, actual, expected));
                }
            });
        });
        return problems;
    }

    private Map<Topic, TopicDescription> describe(boolean access) throws InterruptedException, ExecutionException {
        Map<Topic, TopicDescription> found = new TreeMap<>();
        var answers = admin.describeTopics(topics.stream().map(Topic::topicName).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(access)
                        .timeoutMs(timeout.orElse(null))).topicNameValues();
        for (Topic topic : topics) {
            try {
                found.put(topic, answers.get(topic.topicName()).get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private static String settings(Topic topic) {
        return new TreeMap<>(topic.settings()).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining(" "));
    }
}
