package io.offerflow.contract;

import io.offerflow.contract.Topic.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Access rules at the brokers, generated from the topic catalogue: one principal per role. Everything else is denied,
 * provided that the brokers run with an authorizer and without {@code allow.everyone.if.no.acl.found}.
 */
public final class TopicAcls {

    /** Outputs that the service reads back, for its query API. */
    public static final Set<Topic> READ_BACK = Set.of(Topic.OFFER_STATUS, Topic.OFFER_JOURNAL);

    /** Topics that a gateway writes for its callers, whose roles are those of the catalogue. */
    private static final Set<Topic> GATEWAY_WRITES = EnumSet.of(Topic.OFFER_COMMANDS, Topic.STEP_RESULTS,
            Topic.CUSTOMER_REQUESTS, Topic.SUPPORT_DECISIONS, Topic.RECIPIENTS, Topic.SUBSCRIPTIONS);

    /** Topics that a gateway only reads: the answers to commands. It also reads what it writes. */
    private static final Set<Topic> GATEWAY_ANSWERS = EnumSet.of(Topic.COMMAND_OUTCOMES, Topic.QUARANTINE);

    /** The programs that validate their topics at the start. */
    private static final Set<Role> VALIDATING = Set.of(Role.SERVICE, Role.NOTIFIER);

    /** Prefix of the notifier's consumer group and transactions. */
    public static final String NOTIFIER_PREFIX = userName(Role.NOTIFIER) + "-";

    private final String applicationId;
    private final List<AclBinding> rules = new ArrayList<>();

    private TopicAcls(String applicationId) {
        this.applicationId = applicationId;
    }

    /**
     * The access rules for one cluster.
     *
     * @param applicationId of the service: its group, changelogs and transactions begin with it
     */
    public static List<AclBinding> of(String applicationId) {
        TopicAcls all = new TopicAcls(applicationId);
        Arrays.stream(Topic.values()).forEach(all::topic);
        Arrays.stream(Role.values()).filter(role -> role != Role.SERVICE).forEach(all::groups);
        VALIDATING.stream().sorted().forEach(all::settings);
        all.service();
        all.gateway();
        all.prefixed(Role.NOTIFIER, ResourceType.TRANSACTIONAL_ID, NOTIFIER_PREFIX, AclOperation.WRITE);
        return List.copyOf(all.rules);
    }

    /** Name of a role's principal at the brokers, without {@code User:}. */
    public static String userName(Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void topic(Topic topic) {
        topic.writers().forEach(role -> literal(role, ResourceType.TOPIC, topic.topicName(), AclOperation.WRITE));
        topic.readers().forEach(role -> literal(role, ResourceType.TOPIC, topic.topicName(), AclOperation.READ));
    }

    /** The consumer groups of a role begin with its name, so that no role can take partitions from another one. */
    private void groups(Role role) {
        prefixed(role, ResourceType.GROUP, userName(role) + "-", AclOperation.READ);
    }

    /** The check at the start reads the settings of every topic of the role. */
    private void settings(Role role) {
        Topic.of(role).forEach(topic ->
                literal(role, ResourceType.TOPIC, topic.topicName(), AclOperation.DESCRIBE_CONFIGS));
    }

    private void service() {
        READ_BACK.stream().sorted().forEach(topic ->
                literal(Role.SERVICE, ResourceType.TOPIC, topic.topicName(), AclOperation.READ));
        literal(Role.SERVICE, ResourceType.GROUP, applicationId, AclOperation.READ);
        // changelogs, which Kafka Streams creates
        prefixed(Role.SERVICE, ResourceType.TOPIC, applicationId + "-", AclOperation.ALL);
        prefixed(Role.SERVICE, ResourceType.TRANSACTIONAL_ID, applicationId + "-", AclOperation.WRITE);
    }

    private void gateway() {
        GATEWAY_WRITES.forEach(topic -> {
            literal(Role.GATEWAY, ResourceType.TOPIC, topic.topicName(), AclOperation.WRITE);
            literal(Role.GATEWAY, ResourceType.TOPIC, topic.topicName(), AclOperation.READ);
        });
        GATEWAY_ANSWERS.forEach(topic ->
                literal(Role.GATEWAY, ResourceType.TOPIC, topic.topicName(), AclOperation.READ));
    }

    private void literal(Role role, ResourceType type, String name, AclOperation operation) {
        rules.add(rule(role, new ResourcePattern(type, name, PatternType.LITERAL), operation));
    }

    private void prefixed(Role role, ResourceType type, String prefix, AclOperation operation) {
        rules.add(rule(role, new ResourcePattern(type, prefix, PatternType.PREFIXED), operation));
    }

    private static AclBinding rule(Role role, ResourcePattern resource, AclOperation operation) {
        return new AclBinding(resource,
                new AccessControlEntry("User:" + userName(role), "*", operation, AclPermissionType.ALLOW));
    }
}
