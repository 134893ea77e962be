package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/** Prepares a cluster for the service: topics, access rules, and the passwords of the roles. */
public final class ClusterSetup {

    private static final int ITERATIONS = 8192;

    private final Admin admin;

    /**
     * Creates a setup.
     *
     * @param admin client of an administrator, which stays open
     */
    public ClusterSetup(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates the topics of the catalogue that are missing, then checks all of them as the service does at its start.
     *
     * @return the names of the created topics
     * @throws ConfigException if a topic that existed is not as the service needs it; it is not changed
     */
    public List<String> createTopics(int partitions, short replicas) throws InterruptedException, ExecutionException {
        Set<String> there = admin.listTopics().names().get();
        List<Topic> missing = Arrays.stream(Topic.values()).filter(topic -> !there.contains(topic.topicName()))
                .toList();
        admin.createTopics(missing.stream().map(topic -> topic.newTopic(partitions, replicas)).toList()).all().get();
        new TopicValidator(admin, Topic.Role.SERVICE).validate();
        new TopicValidator(admin, Topic.Role.NOTIFIER).validate();
        return missing.stream().map(Topic::topicName).toList();
    }

    /** Allows each role what it needs; existing rules stay. */
    public List<AclBinding> allow(String applicationId) throws InterruptedException, ExecutionException {
        List<AclBinding> rules = TopicAcls.of(applicationId);
        admin.createAcls(rules).all().get();
        return rules;
    }

    /**
     * Sets the passwords of roles for SCRAM-SHA-512.
     *
     * @param passwords by role, as {@link TopicAcls#userName} names it; other names are refused
     */
    public void credentials(Map<String, String> passwords) throws InterruptedException, ExecutionException {
        Set<String> roles = Arrays.stream(Topic.Role.values()).map(TopicAcls::userName).collect(Collectors.toSet());
        Map<String, String> unknown = new TreeMap<>(passwords);
        unknown.keySet().removeAll(roles);
        if (!unknown.isEmpty()) {
            throw new ConfigException("there is no role %s; expected some of %s".formatted(
                    String.join(", ", unknown.keySet()), String.join(", ", roles.stream().sorted().toList())));
        }
        List<UserScramCredentialUpsertion> changes = new ArrayList<>();
        passwords.forEach((role, password) -> changes.add(new UserScramCredentialUpsertion(role,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)));
        admin.alterUserScramCredentials(List.copyOf(changes)).all().get();
    }
}
