package io.offerflow.bench.check;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.load.Intended;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
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
import java.util.Optional;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Main class of the checker's process: a {@code read_committed} reader of {@code command-outcomes}. By order:
 * {@code begin N W} looks from here on for the outcomes of the workload's first N commands and says when W are there; {@code more N} goes on up to
 * N; {@code rest} reads what is left, to find outcomes too many.
 */
final class CheckerProcess {

    private static final Duration POLL = Duration.ofMillis(100);
    /** How long a subject may take to begin. */
    private static final Duration TO_THE_FIRST = Duration.ofSeconds(90);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> all;
    private final AvroDecoder decoder;
    private final Expected expected;
    private final long patienceNanos;
    private Histogram latency = new Histogram(3);

    private CheckerProcess(Site site, RegistryClient registry, Duration patience) {
        decoder = new AvroDecoder(registry);
        expected = new Expected(site.workload(), site.partitions());
        patienceNanos = patience.toNanos();
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        all = IntStream.range(0, site.partitions()).mapToObj(partition ->
                new TopicPartition(Topic.COMMAND_OUTCOMES.topicName(), partition)).toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
    }

    public static void main(String[] arguments) {
        Site site = Site.of(arguments);
        Duration patience = Duration.ofSeconds(Long.parseLong(Site.settings(arguments).get("patience.s")));
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(site.registryUrl()))) {
            CheckerProcess checker = new CheckerProcess(site, registry, patience);
            Signals.ready();
            Optional<String> order = Signals.order();
            while (order.isPresent()) {
                checker.obey(order.get().split(" "));
                order = Signals.order();
            }
        }
        System.exit(0);
    }

    private void obey(String[] order) {
        switch (order[0]) {
            case "begin" -> {
                consumer.seekToEnd(all);
                all.forEach(consumer::position);
                expected.forget();
                look(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            }
            case "more" -> look(Integer.parseInt(order[1]), 0);
            case "rest" -> rest();
            default -> Signals.say(Signals.FAILED, "knows no order", order[0]);
        }
    }

    /** Reads until all have come, or nothing has for a long time; says when so many more have. */
    private void look(int commands, int part) {
        expected.upTo(commands);
        latency = new Histogram(3);
        int before = expected.seen();
        Silence silence = new Silence();
        Signals.say("begun");
        readUntil(before + part, silence);
        Signals.say("part", System.nanoTime(), expected.seen());
        readUntil(commands, silence);
        Signals.say("done", System.nanoTime(), expected.seen(), expected.verdict().words(), silence.longestEnded,
                encoded(latency));
    }

    private void readUntil(int outcomes, Silence silence) {
        while (expected.seen() < outcomes && !silence.tooLong()) {
            if (poll()) {
                silence.broken();
            }
        }
    }

    /** How long nothing has come. */
    private final class Silence {
        private long since = System.nanoTime();
        private long longest;
        private long longestEnded = since;
        private boolean begun;

        boolean tooLong() {
            long patience = begun ? patienceNanos : Math.max(patienceNanos, TO_THE_FIRST.toNanos());
            return System.nanoTime() - since > patience;
        }

        void broken() {
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
        boolean some = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            some = true;
            expected.came((CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value()));
            Header intended = record.headers().lastHeader(Intended.HEADER);
            if (intended != null) {
                latency.recordValue(Math.max(0, Intended.nowMicros() - Intended.decode(intended.value())));
            }
        }
        return some;
    }

    private void rest() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
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
