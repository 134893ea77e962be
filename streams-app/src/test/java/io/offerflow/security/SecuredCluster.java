package io.offerflow.security;

import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.runtime.ClusterSetup;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import io.offerflow.sandbox.host.SandboxSecurity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A broker with TLS, SCRAM and an authorizer, set up as deploy/certificates.sh and ClusterSetup do it for anybody. */
final class SecuredCluster implements AutoCloseable {

    static final String APPLICATION = "offerflow";
    static final int PARTITIONS = 2;

    private final SandboxSecurity security;
    private final Sandbox sandbox;

    private SecuredCluster(SandboxSecurity security) {
        this.security = security;
        this.sandbox = Sandbox.start(SandboxOptions.temporary().secured(security));
    }

    /** Starts it with topics, rules and a password for each role. */
    static SecuredCluster start(Path folder) throws Exception {
        certificates(folder, 30);
        SecuredCluster cluster = new SecuredCluster(new SandboxSecurity(folder));
        cluster.setUp();
        return cluster;
    }

    /** Runs the script that everybody runs. */
    static void certificates(Path folder, int days) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("bash",
                Path.of("..", "deploy", "certificates.sh").toAbsolutePath().toString(), folder.toString()).inheritIO();
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().put("OFFERFLOW_CERTIFICATE_DAYS", Integer.toString(days));
        Process process = script.start();
        if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("deploy/certificates.sh failed; what it said is above");
        }
    }

    private void setUp() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(settings("admin"))) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(PARTITIONS, (short) 1);
            setup.allow(APPLICATION);
            setup.credentials(Arrays.stream(Topic.Role.values()).map(TopicAcls::userName)
                    .collect(Collectors.toMap(role -> role, security::password)));
        }
        // a broker learns of a rule a moment after the controller has confirmed it
        try (Admin reader = admin(Topic.Role.REPLAYER)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() ->
                    !reader.describeTopics(List.of(Topic.QUARANTINE.topicName())).allTopicNames().get()
                            .isEmpty());
        }
    }

    String bootstrapServers() {
        return sandbox.bootstrapServers();
    }

    String registryUrl() {
        return sandbox.registryUrl();
    }

    SandboxSecurity security() {
        return security;
    }

    /** Settings of a client that comes in as a user. */
    Map<String, Object> settings(String user) {
        Map<String, Object> settings = new HashMap<>(security.client(user));
        settings.put("bootstrap.servers", sandbox.bootstrapServers());
        settings.put("default.api.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 10_000);
        return settings;
    }

    Admin admin(Topic.Role role) {
        return Admin.create(settings(TopicAcls.userName(role)));
    }

    Producer<byte[], byte[]> producer(String user) {
        return new KafkaProducer<>(settings(user), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> consumer(String user) {
        Map<String, Object> settings = settings(user);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("fetch.max.wait.ms", 10); // closing waits for the answer to the last fetch
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
