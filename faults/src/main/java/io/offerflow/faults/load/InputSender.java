package io.offerflow.faults.load;

import io.offerflow.Workload;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends inputs at a rate, and each of them again, with the same command id, until it is answered. It is the publisher,
 * the pipeline, commerce and the support desk.
 */
public final class InputSender implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long REPEAT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_UNANSWERED_SECONDS = 20;
    private static final long TICK_MS = 10;

    /** An input that was sent and is not answered yet. */
    private record Unanswered(Topic topic, byte[] key, byte[] value, long sentAt, long patience) {

        /** It waits twice as long after each repetition, so that a slow cluster is not kept from the answers. */
        Unanswered repeated(long now) {
            return new Unanswered(topic, key, value, now, 2 * patience);
        }
    }

    /** The inputs that the brokers have acknowledged, by topic and partition. */
    private final Map<Topic, List<List<Sighting>>> acknowledged;
    private final Map<String, Unanswered> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Workload workload;
    private final AvroEncoder encoder;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int rate;
    private final Thread thread;
    private long repeatedAt = System.nanoTime();
    private volatile boolean stopped;

    /**
     * Begins to send.
     *
     * @param offers number of offers
     * @param rate inputs per second
     */
    public InputSender(String bootstrapServers, SchemaRegistry registry, int partitions, long seed, int offers,
            int rate) {
        this(bootstrapServers, registry, partitions, new Workload(seed, offers), rate);
    }

    /** Overload for a workload that goes on. */
    public InputSender(String bootstrapServers, SchemaRegistry registry, int partitions, Workload workload, int rate) {
        this.acknowledged = CommittedReader.lists(Topic.inputs(), partitions);
        this.workload = workload;
        this.encoder = new AvroEncoder(registry, Topic.inputs());
        this.rate = rate;
        this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG, "5", ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000", ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "10000"),
                new ByteArraySerializer(), new ByteArraySerializer());
        this.thread = Thread.ofPlatform().name("inputs").start(this::send);
    }

    private void send() {
        long begun = System.nanoTime();
        for (long number = 0; !stopped; ) {
            long due = (System.nanoTime() - begun) / 1000 * rate / 1_000_000;
            // after an outage the rate goes on; what was not sent meanwhile is not made up for
            number = unanswered.size() > MOST_UNANSWERED_SECONDS * rate ? due : number;
            for (; number < due; number++) {
                next();
            }
            repeat();
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next() {
        IndexedRecord envelope = workload.next();
        Topic topic = Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        byte[] key = "%s/%s".formatted(field(envelope, "publisherId"), field(envelope, "offerId"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] value = encoder.encode(topic, envelope);
        unanswered.put(field(envelope, "commandId"), new Unanswered(topic, key, value, System.nanoTime(),
                PATIENCE_NANOS));
        sent.incrementAndGet();
        send(topic, new ProducerRecord<>(topic.topicName(), key, value));
    }

    private static String field(IndexedRecord envelope, String name) {
        return envelope.get(envelope.getSchema().getField(name).pos()).toString();
    }

    /** Sends again what was not answered for long. */
    private void repeat() {
        long now = System.nanoTime();
        if (now - repeatedAt < REPEAT_NANOS) {
            return;
        }
        repeatedAt = now;
        unanswered.replaceAll((id, input) -> {
            if (now - input.sentAt() < input.patience()) {
                return input;
            }
            repeated.incrementAndGet();
            send(input.topic(), new ProducerRecord<>(input.topic().topicName(), input.key(), input.value()));
            return input.repeated(now);
        });
    }

    private void send(Topic topic, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (at, failure) -> {
            if (failure == null) {
                acknowledged.get(topic).get(at.partition()).add(new Sighting(at.offset(),
                        Sighting.hash(record.key(), record.value())));
            } else {
                failed.incrementAndGet();
            }
        });
    }

    /** Sends inputs to a partition that cannot be read, or are not for it. */
    public void poison(int partition, int count, Random poison) {
        for (int number = 0; number < count; number++) {
            Topic topic = Topic.inputs().get(poison.nextInt(Topic.inputs().size()));
            send(topic, new ProducerRecord<>(topic.topicName(), partition, key(poison), value(poison)));
        }
    }

    private static byte[] key(Random poison) {
        return switch (poison.nextInt(4)) {
            case 0 -> null;
            case 1 -> new byte[] {(byte) 0xff, (byte) poison.nextInt()};
            case 2 -> "no-slash".getBytes(StandardCharsets.UTF_8);
            default -> "contoso/offer-%d".formatted(poison.nextInt(50)).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Null, random bytes, or the wire format's first byte and a schema id that few registries have. */
    private static byte[] value(Random poison) {
        byte[] bytes = new byte[poison.nextInt(300)];
        poison.nextBytes(bytes);
        if (poison.nextBoolean() && bytes.length > 4) {
            bytes[0] = 0;
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
        }
        return poison.nextInt(8) == 0 ? null : bytes;
    }

    /** An input was answered. */
    void answered(String commandId) {
        unanswered.remove(commandId);
    }

    /**
     * Sends nothing new, and repeats what has no answer until everything has one.
     *
     * @return the number of inputs without an answer at the end of the time
     */
    public int awaitAnswers(Duration timeout) throws InterruptedException {
        stopped = true;
        thread.join();
        long until = System.nanoTime() + timeout.toNanos();
        while (!unanswered.isEmpty() && System.nanoTime() < until) {
            repeat();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        producer.flush();
        return unanswered.size();
    }

    /** The inputs that the brokers have acknowledged, by topic and partition. */
    public Map<Topic, List<List<Sighting>>> acknowledged() {
        return acknowledged;
    }

    /** Number of inputs, without repetitions. */
    public long sent() {
        return sent.get();
    }

    /** Number of repetitions of inputs that had no answer for 15 s. */
    public long repeated() {
        return repeated.get();
    }

    /** Number of inputs that the brokers did not acknowledge in time. */
    public long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
