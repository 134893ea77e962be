package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Validates the topics before the service starts. Kafka Streams checks none of this for a topology of processors: with
 * unequal partition counts two tasks would each hold a part of an offer.
 */
final class TopicValidator {

    /** Settings that the correctness of the service depends on. */
    private static final List<String> SETTINGS =
            List.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TopicConfig.CLEANUP_POLICY_CONFIG);

    private final Admin admin;

    TopicValidator(Admin admin) {
        this.admin = admin;
    }

    /**
     * The number of partitions, which all topics share.
     *
     * @throws ConfigException naming every topic that is missing or wrong, and how to correct it
     */
    int partitions() throws InterruptedException, ExecutionException {
        Map<Topic, TopicDescription> found = describe();
        List<String> problems = new ArrayList<>();
        Arrays.stream(Topic.values()).filter(topic -> !found.containsKey(topic)).map(topic ->
                "topic %s does not exist; create it with %s".formatted(topic.topicName(), settings(topic)))
                .forEach(problems::add);
        found.keySet().stream().findFirst().ifPresent(any -> partitionProblems(found, problems));
        found.forEach((topic, description) -> accessProblem(topic, description).ifPresent(problems::add));
        if (problems.isEmpty()) {
            problems.addAll(settingProblems(found));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException("the service does not start, because " + String.join("; and ", problems));
        }
        return found.get(Topic.OFFER_COMMANDS).partitions().size();
    }

    /** A broker without an authorizer answers that everything is allowed. */
    private static Optional<String> accessProblem(Topic topic, TopicDescription description) {
        Set<AclOperation> needed = EnumSet.of(
                topic.direction() == Topic.Direction.INPUT ? AclOperation.READ : AclOperation.WRITE);
        if (TopicAcls.READ_BACK.contains(topic)) {
            needed.add(AclOperation.READ);
        }
        needed.removeAll(Optional.ofNullable(description.authorizedOperations()).orElse(needed));
        return needed.isEmpty() ? Optional.empty() : Optional.of(
                ("the brokers do not let this service %s topic %s; have the administrator run "
                        + "`offerflow prepare --access`")
                        .formatted(needed.stream().map(Enum::name).collect(Collectors.joining(" and ")),
                                topic.topicName()));
    }

    private static void partitionProblems(Map<Topic, TopicDescription> found, List<String> problems) {
        Map<Topic, Integer> counts = new TreeMap<>();
        found.forEach((topic, description) -> counts.put(topic, description.partitions().size()));
        if (counts.values().stream().distinct().count() > 1) {
            problems.add("topics must have the same number of partitions, but they have %s; recreate those that differ"
                    .formatted(counts.entrySet().stream()
                            .map(count -> "%s %d".formatted(count.getKey().topicName(), count.getValue()))
                            .collect(Collectors.joining(", "))));
        }
    }

    private List<String> settingProblems(Map<Topic, TopicDescription> found)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = found.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName())).toList();
        List<String> problems = new ArrayList<>();
        Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
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

    private Map<Topic, TopicDescription> describe() throws InterruptedException, ExecutionException {
        Map<Topic, TopicDescription> found = new TreeMap<>();
        var answers = admin.describeTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true)).topicNameValues();
        for (Topic topic : Topic.values()) {
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
