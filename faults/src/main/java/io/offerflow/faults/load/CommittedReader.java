package io.offerflow.faults.load;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all output topics while the run goes on, committed records only, and notes what it receives. */
public final class CommittedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<Topic, List<List<Sighting>>> seen;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDecoder decoder;
    private final InputSender sender;
    private final RecoveryTimes recoveries;
    private final Thread thread;
    private volatile boolean stopped;

    /** Begins to read. */
    public CommittedReader(String bootstrapServers, SchemaRegistry registry, int partitions, InputSender sender,
            RecoveryTimes recoveries) {
        this.seen = lists(Topic.outputs(), partitions);
        this.consumer = consumer(bootstrapServers);
        this.decoder = new AvroDecoder(registry);
        this.sender = sender;
        this.recoveries = recoveries;
        consumer.assign(Topic.outputs().stream().flatMap(topic -> IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))).toList());
        this.thread = Thread.ofPlatform().name("outputs").start(this::read);
    }

    /** A list per topic and partition, which several threads may use. */
    static Map<Topic, List<List<Sighting>>> lists(List<Topic> topics, int partitions) {
        Map<Topic, List<List<Sighting>>> lists = new EnumMap<>(Topic.class);
        topics.forEach(topic -> lists.put(topic, IntStream.range(0, partitions)
                .mapToObj(partition -> Collections.<Sighting>synchronizedList(new ArrayList<>())).toList()));
        return lists;
    }

    /** A consumer of committed records without a group. */
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest", ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50", ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                "2000"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read() {
        while (!stopped || !atEnd()) {
            consumer.poll(POLL).forEach(this::note);
        }
    }

    /** Whether it has received all that is committed. */
    private boolean atEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = Topic.named(record.topic()).orElseThrow();
        seen.get(topic).get(record.partition()).add(Sighting.of(record));
        if (topic == Topic.COMMAND_OUTCOMES) {
            recoveries.outcome(record.partition(), record.timestamp());
            sender.answered(((CommandOutcome) decoder.decode(topic, record.value())).getCommandId());
        }
    }

    /**
     * Reads all that is committed, and ends; no transaction may be open.
     *
     * @return what was received, by topic and partition
     */
    public Map<Topic, List<List<Sighting>>> finish() {
        close();
        return seen;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
