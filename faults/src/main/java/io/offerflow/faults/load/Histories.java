package io.offerflow.faults.load;

import io.offerflow.contract.Topic;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** Reads what a run has left, partition by partition, after all instances have stopped. */
public final class Histories implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String applicationId;

    public Histories(String bootstrapServers, String applicationId) {
        this.consumer = CommittedReader.consumer(bootstrapServers);
        this.applicationId = applicationId;
    }

    /**
     * Waits until the service has taken every input.
     *
     * @return whether it has
     */
    public static boolean awaitTaken(String bootstrapServers, String group, int partitions, Duration timeout)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> newest = newest(Topic.inputs(), partitions);
        long until = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            while (true) {
                Map<TopicPartition, Long> ends = offsets(admin, newest, IsolationLevel.READ_COMMITTED);
                var taken = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
                boolean all = ends.entrySet().stream().allMatch(end -> end.getValue() == 0
                        || taken.containsKey(end.getKey()) && taken.get(end.getKey()).offset() >= end.getValue());
                if (all || System.nanoTime() > until) {
                    return all;
                }
                Thread.sleep(POLL);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers do not tell the progress of the service: " + e.getCause(), e);
        }
    }

    private static Map<TopicPartition, OffsetSpec> newest(List<Topic> topics, int partitions) {
        Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
        topics.forEach(topic -> IntStream.range(0, partitions).forEach(partition ->
                newest.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest())));
        return newest;
    }

    /**
     * Waits until the brokers have ended the transactions of processes that were killed.
     *
     * @throws IllegalStateException if a transaction is still open after that time
     */
    public static void awaitNoTransaction(String bootstrapServers, int partitions, Duration timeout)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> newest = newest(Topic.outputs(), partitions);
        long until = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            while (!offsets(admin, newest, IsolationLevel.READ_COMMITTED)
                    .equals(offsets(admin, newest, IsolationLevel.READ_UNCOMMITTED))) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("a transaction is open %d s after the last instance has stopped"
                            .formatted(timeout.toSeconds()));
                }
                Thread.sleep(POLL);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers do not tell the ends of the outputs: " + e.getCause(), e);
        }
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Map<TopicPartition, OffsetSpec> of,
            IsolationLevel level) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(of, new ListOffsetsOptions(level)).all().get().forEach((partition, found) ->
                offsets.put(partition, found.offset()));
        return offsets;
    }

    /** The history of a partition. */
    public PartitionHistory of(int partition, Map<Topic, List<List<Sighting>>> seen,
            Map<Topic, List<List<Sighting>>> acknowledged) {
        Map<Topic, List<ConsumerRecord<byte[], byte[]>>> committed = new EnumMap<>(Topic.class);
        for (Topic topic : topics()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            read(topic.topicName(), partition, records::add);
            committed.put(topic, records);
        }
        Map<String, NavigableMap<Bytes, byte[]>> stores = new HashMap<>();
        for (String store : OfferTopology.stores()) {
            NavigableMap<Bytes, byte[]> rows = new TreeMap<>();
            read("%s-%s-changelog".formatted(applicationId, store), partition, record -> {
                if (record.value() == null) {
                    rows.remove(Bytes.wrap(record.key()));
                } else {
                    rows.put(Bytes.wrap(record.key()), record.value());
                }
            });
            stores.put(store, rows);
        }
        return new PartitionHistory(partition, committed, of(partition, seen), of(partition, acknowledged), stores);
    }

    private static List<Topic> topics() {
        return Arrays.stream(Topic.values()).filter(topic -> Topic.inputs().contains(topic)
                || Topic.outputs().contains(topic)).toList();
    }

    private static Map<Topic, List<Sighting>> of(int partition, Map<Topic, List<List<Sighting>>> all) {
        Map<Topic, List<Sighting>> ofPartition = new EnumMap<>(Topic.class);
        all.forEach((topic, partitions) -> ofPartition.put(topic, List.copyOf(partitions.get(partition))));
        return ofPartition;
    }

    private void read(String topic, int partition, Consumer<ConsumerRecord<byte[], byte[]>> taken) {
        TopicPartition all = new TopicPartition(topic, partition);
        consumer.assign(List.of(all));
        consumer.seekToBeginning(List.of(all));
        long end = consumer.endOffsets(List.of(all)).get(all);
        while (consumer.position(all) < end) {
            consumer.poll(POLL).forEach(taken);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
