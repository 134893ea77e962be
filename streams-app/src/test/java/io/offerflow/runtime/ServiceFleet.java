package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Instances of one service that come and go. */
final class ServiceFleet implements AutoCloseable {

    private final Sandbox sandbox;
    private final Path folder;
    private final String applicationId;
    private final Map<String, String> settings;
    private final Deque<OfferService> running = new ArrayDeque<>();
    private int started;

    ServiceFleet(Sandbox sandbox, Path folder, String applicationId, Map<String, String> settings) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.applicationId = applicationId;
        this.settings = settings;
    }

    /** Another instance comes. */
    void join() throws InterruptedException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("bootstrap.servers", sandbox.bootstrapServers());
        all.put("schema.registry.url", sandbox.registryUrl());
        all.put("application.id", applicationId);
        all.put("state.dir", folder.resolve(applicationId + "-" + started++).toString());
        OfferService service = OfferService.start(ServiceConfig.of(all));
        service.awaitReady(Duration.ofSeconds(60));
        running.addLast(service);
    }

    /** The instance that came first goes. */
    void leave() {
        running.removeFirst().close();
    }

    /** Waits until every input has been taken. */
    void awaitAllTaken() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            Map<TopicPartition, Long> ends = ends(admin);
            while (!taken(admin, ends)) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(Topic.inputs().stream().map(Topic::topicName).toList()).allTopicNames().get()
                .forEach((name, topic) -> topic.partitions().forEach(partition ->
                        latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    private boolean taken(Admin admin, Map<TopicPartition, Long> ends) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get();
        return ends.entrySet().stream().allMatch(end -> end.getValue() == 0
                || committed.containsKey(end.getKey()) && committed.get(end.getKey()).offset() >= end.getValue());
    }

    @Override
    public void close() {
        running.forEach(OfferService::close);
        running.clear();
    }
}
