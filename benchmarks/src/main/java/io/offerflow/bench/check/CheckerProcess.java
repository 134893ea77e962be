package io.offerflow.bench.check;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.load.IntendedSendTime;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Main class of the checker's process: a {@code read_committed} consumer of {@code command-outcomes}. By order,
 * {@code begin N W} reads the outcomes of the workload's first N commands and reports when W are there; {@code more N}
 * goes on up to N; {@code rest} reads what is left, to find repeated outcomes.
 */
final class CheckerProcess {

    static final String PATIENCE = "patience.s";

    private static final Duration POLL = Duration.ofMillis(100);
    /** Time that a subject may take until its first outcome. */
    private static final Duration FIRST_OUTCOME = Duration.ofSeconds(90);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final AvroDecoder decoder;
    private final ExpectedOutcomes expected;
    private final long patienceNanos;
    private Histogram latency = new Histogram(3);

    private CheckerProcess(SubjectConfig config, RegistryClient registry) {
        decoder = new AvroDecoder(registry);
        expected = new ExpectedOutcomes(config.workload(), config.partitions());
        patienceNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(config.more().get(PATIENCE)));
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = IntStream.range(0, config.partitions()).mapToObj(partition ->
                new TopicPartition(Topic.COMMAND_OUTCOMES.topicName(), partition)).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
    }

    public static void main(String[] arguments) {
        SubjectConfig config = SubjectConfig.of(arguments);
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(config.registryUrl()))) {
            Signals.serve(new CheckerProcess(config, registry)::obey);
        }
        System.exit(0);
    }

    private void obey(String[] order) {
        switch (order[0]) {
            case "begin" -> {
                consumer.seekToEnd(partitions);
                partitions.forEach(consumer::position);
                expected.reset();
                check(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            }
            case "more" -> check(Integer.parseInt(order[1]), 0);
            case "rest" -> rest();
            default -> throw new IllegalArgumentException("unknown order " + order[0]);
        }
    }

    private void check(int commands, int warmUp) {
        expected.expectUpTo(commands);
        latency = new Histogram(3);
        OutcomeGap gap = new OutcomeGap();
        int before = expected.seen();
        Signals.say("begun");
        readUntil(before + warmUp, gap);
        Signals.say("warm", System.nanoTime(), expected.seen());
        readUntil(commands, gap);
        Signals.say("done", System.nanoTime(), expected.seen(), expected.verdict().words(), gap.longestEnded,
                encoded(latency));
    }

    private void readUntil(int outcomes, OutcomeGap gap) {
        while (expected.seen() < outcomes && !gap.tooLong()) {
            if (poll()) {
                gap.end();
            }
        }
    }

    /** The time without outcomes. */
    private final class OutcomeGap {
        private long since = System.nanoTime();
        private long longest;
        private long longestEnded = since;
        private boolean begun;

        boolean tooLong() {
            long patience = begun ? patienceNanos : Math.max(patienceNanos, FIRST_OUTCOME.toNanos());
            return System.nanoTime() - since > patience;
        }

        void end() {
            long now = System.nanoTime();
            if (begun && now - since > longest) {
                longest = now - since;
                longestEnded = now;
            }
            begun = true;
            since = now;
        }
    }

    private boolean poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            expected.read((CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value()));
            Header intended = record.headers().lastHeader(IntendedSendTime.HEADER);
            if (intended != null) {
                latency.recordValue(Math.max(0, IntendedSendTime.nowMicros()
                        - IntendedSendTime.decode(intended.value())));
            }
        }
        return !records.isEmpty();
    }

    private void rest() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            poll();
        }
        Signals.say("rest", expected.verdict().words());
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }
}
