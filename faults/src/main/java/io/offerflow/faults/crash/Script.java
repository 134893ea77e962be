package io.offerflow.faults.crash;

import io.offerflow.Workload;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** The steps of a seed: commands of publishers, pipeline, commerce and support, poison, and time that passes. */
final class Script {

    private static final int OFFERS = 6;

    private final Random random;
    private final Workload workload;
    private final AvroEncoder encoder;
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    Script(long seed, SchemaRegistry registry) {
        this.random = new Random(seed);
        this.workload = new Workload(seed, OFFERS);
        this.encoder = new AvroEncoder(registry, Topic.inputs());
    }

    /** The wall clock of the last step, in ms. */
    long wallClock() {
        return now.toEpochMilli();
    }

    /** The next step. */
    Step next() {
        if (random.nextInt(12) == 0) {
            // sometimes far enough for what is due after hours
            now = now.plus(random.nextInt(4) == 0 ? Duration.ofHours(5) : Duration.ofSeconds(2));
            return new Step.Tick(now.toEpochMilli());
        }
        now = now.plusMillis(1 + random.nextInt(2_000));
        IndexedRecord envelope = workload.next();
        Topic topic = Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        byte[] key = "%s/%s".formatted(envelope.get(envelope.getSchema().getField("publisherId").pos()),
                envelope.get(envelope.getSchema().getField("offerId").pos())).getBytes(StandardCharsets.UTF_8);
        byte[] value = encoder.encode(topic, envelope);
        if (random.nextInt(25) == 0) {
            value = Arrays.copyOf(value, random.nextInt(value.length)); // cannot be read
        }
        return new Step.Input(topic, offsets.merge(topic, 1L, Long::sum) - 1,
                new Record<>(key, value, now.toEpochMilli(), new RecordHeaders()));
    }
}
