package io.offerflow.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.RandomInputs;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.fuzz.FuzzedInput.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/** The inputs of one trace: valid ones, which are about a few offers, and all kinds of others; the same for a seed. */
final class FuzzInputs {

    private static final List<OfferKey> OFFERS = keysOfPartition(0).stream().limit(5).toList();
    /** On sale with plans, for inputs that need more of an offer than a draft. */
    private static final OfferKey SOLD = keysOfPartition(0).get(5);
    private static final OfferKey ELSEWHERE = keysOfPartition(1).getFirst();
    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final List<Instant> EXTREMES = List.of(Instant.EPOCH, Instant.ofEpochMilli(1),
            Instant.parse("9998-12-31T23:59:59.999Z"), Instant.parse("9999-01-01T00:00:00Z"),
            Instant.ofEpochMilli(Long.MAX_VALUE));

    private final Random random;
    private final RandomInputs sensible;
    private final BoundaryValues values;
    private final PoisonSource poisons;
    private final AvroEncoder encoder;
    private final Function<OfferKey, OfferHeader> headers;
    private final Set<String> ids = new HashSet<>();
    private final List<IndexedRecord> script = new ArrayList<>();
    private Instant appended = Instant.parse("2026-03-02T09:00:00Z");
    private int site;

    FuzzInputs(long seed, PoisonSource poisons, Function<OfferKey, OfferHeader> headers, int firstSite) {
        this.random = new Random(seed);
        this.sensible = new RandomInputs(random);
        this.values = new BoundaryValues(random);
        this.poisons = poisons;
        this.encoder = poisons.encoder();
        this.headers = headers;
        this.site = firstSite;
        script.add(Envelopes.create(SOLD));
        Contents.transactable().forEach(content -> script.add(Envelopes.save(SOLD, content)));
        script.addAll(List.of(
                Envelopes.command(SOLD, new CreatePlan("gold", Contents.plan("Gold", "PRIVATE"))),
                Envelopes.command(SOLD, new CreatePlan("silver", Contents.plan("Silver", "PUBLIC"))),
                Envelopes.command(SOLD, new AddAudienceId("gold", BoundaryValues.GUID, "TENANT", "The first one")),
                Envelopes.submit(SOLD)));
    }

    private static List<OfferKey> keysOfPartition(int partition) {
        return IntStream.range(0, 100).mapToObj(number -> new OfferKey("contoso", "offer-" + number))
                .filter(offer -> Utils.toPositive(Utils.murmur2(key(offer))) % FuzzedTask.PARTITIONS == partition)
                .toList();
    }

    private static byte[] key(OfferKey offer) {
        return offer.toString().getBytes(UTF_8);
    }

    Instant appended() {
        return appended;
    }

    /** An input of an honest sender: it is answered, whatever came before it. */
    FuzzedInput good() {
        appended = appended.plusMillis(random.nextInt(400) == 0 ? 18_000_000 : random.nextInt(20_000));
        IndexedRecord envelope = withOwnId(sensibly());
        Topic topic = topicOf(envelope);
        return new FuzzedInput(topic, keyOf(envelope), encoder.encode(topic, envelope), new RecordHeaders(),
                random.nextInt(10) == 0 ? appended.minusSeconds(900) : appended, Kind.VALID);
    }

    private IndexedRecord sensibly() {
        if (!script.isEmpty()) {
            return script.removeFirst();
        }
        OfferHeader sold = headers.apply(SOLD);
        if (sold.activeRun().isPresent()) {
            PublishStep step = sold.activeRun().get().step();
            return step == PublishStep.PUBLISHER_SIGN_OFF ? Envelopes.goLive(SOLD)
                    : Envelopes.succeeded(SOLD, sold.submission(), step.name());
        }
        if (sold.onSale() && random.nextInt(20) == 0) {
            return new CustomerRequest(Envelopes.nextId(), SOLD.publisherId(), SOLD.offerId(), "commerce", ISSUED,
                    false, new AcquirePlan(BoundaryValues.GUID, random.nextBoolean() ? "gold" : "silver"));
        }
        OfferKey offer = OFFERS.get(random.nextBoolean() ? 0 : random.nextInt(OFFERS.size()));
        return sensible.next(offer, headers.apply(offer));
    }

    /** Ids are numbered per trace, so that a trace is the same whatever ran before it in this process. */
    private IndexedRecord withOwnId(IndexedRecord envelope) {
        int position = envelope.getSchema().getField("commandId").pos();
        if (!ids.contains(envelope.get(position).toString())) {
            String own = new UUID(0x4000L, Long.MIN_VALUE | ids.size()).toString();
            ids.add(own);
            envelope.put(position, own);
        }
        return envelope;
    }

    private static Topic topicOf(IndexedRecord envelope) {
        return Topic.inputs().stream().filter(topic -> topic.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
    }

    private static byte[] keyOf(IndexedRecord envelope) {
        Schema schema = envelope.getSchema();
        return "%s/%s".formatted(envelope.get(schema.getField("publisherId").pos()),
                envelope.get(schema.getField("offerId").pos())).getBytes(UTF_8);
    }

    /** Any input. */
    FuzzedInput any() {
        int dice = random.nextInt(100);
        if (dice < 44) {
            return boundary();
        }
        if (dice < 70) {
            return damaged(random.nextBoolean() ? good() : boundary());
        }
        if (dice < 84) {
            return poisons.next(random, appended);
        }
        if (dice < 90) {
            return withKey(random.nextBoolean() ? good() : boundary());
        }
        return dice < 98 ? withHeaders(good()) : extreme();
    }

    private FuzzedInput boundary() {
        BoundaryValues.Site next = BoundaryValues.SITES.get(site++ % BoundaryValues.SITES.size());
        GenericRecord envelope = values.record(next.topic().schema(), next.steps());
        OfferKey offer = random.nextInt(4) > 0 ? SOLD : OFFERS.get(random.nextInt(OFFERS.size()));
        String changed = next.steps().getLast().field();
        for (Map.Entry<String, Object> field : Map.<String, Object>of("publisherId", offer.publisherId(), "offerId",
                offer.offerId()).entrySet()) {
            if (!changed.equals(field.getKey())) {
                envelope.put(field.getKey(), field.getValue());
            }
        }
        byte[] key = keyOf(envelope);
        return new FuzzedInput(next.topic(), key.length <= 200 ? key : key(offer),
                encoded(poisons.id(next.topic()), next.topic().schema(), envelope), new RecordHeaders(), appended,
                Kind.BOUNDARY);
    }

    private static byte[] encoded(int id, Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        try {
            BinaryEncoder to = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(value, to);
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private FuzzedInput damaged(FuzzedInput whole) {
        byte[] value = whole.value().clone();
        int at = random.nextInt(value.length);
        byte[] damaged = switch (random.nextInt(8)) {
            case 0, 1 -> Arrays.copyOf(value, at);
            case 2, 3, 4 -> flipped(value);
            case 5 -> joined(Arrays.copyOf(value, at), noise(1 + random.nextInt(12)), from(value, at));
            case 6 -> joined(Arrays.copyOf(value, at), from(value, random.nextInt(value.length)));
            default -> joined(Arrays.copyOf(value, at), HUGE_LENGTHS[random.nextInt(HUGE_LENGTHS.length)],
                    from(value, at));
        };
        return new FuzzedInput(whole.topic(), whole.key(), damaged, whole.headers(), appended, Kind.DAMAGED);
    }

    /** Lengths and counts in Avro's variable-length format: -1, minus and plus 2^31, and more than 64 bits. */
    private static final byte[][] HUGE_LENGTHS = {{1}, {-1, -1, -1, -1, 31}, {-2, -1, -1, -1, 15},
            {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1}, {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}};

    private byte[] flipped(byte[] value) {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return value;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] from(byte[] bytes, int begin) {
        return Arrays.copyOfRange(bytes, begin, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private FuzzedInput withKey(FuzzedInput input) {
        byte[] key = switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> "/".getBytes(UTF_8);
            case 3 -> key(OFFERS.get(random.nextInt(OFFERS.size())));
            case 4 -> key(ELSEWHERE);
            case 5 -> "contoso/%s".formatted("x".repeat(1_016 + random.nextInt(2))).getBytes(UTF_8);
            case 6 -> "contoso/a/b\u0000\u001b[31m\n".getBytes(UTF_8);
            case 7 -> noise(1 + random.nextInt(40));
            default -> input.key() == null ? new byte[] {-1} : joined(input.key(), new byte[] {(byte) 0xE9});
        };
        return new FuzzedInput(input.topic(), key, input.value(), input.headers(), appended, Kind.HOSTILE_KEY);
    }

    private Headers headers() {
        Headers hostile = new RecordHeaders();
        switch (random.nextInt(7)) {
            case 0 -> hostile.add("traceparent", noise(random.nextInt(200)));
            case 1 -> hostile.add("traceparent", null).add("traceparent", new byte[0]);
            case 2 -> hostile.add("traceparent", "x".repeat(1 << random.nextInt(17)).getBytes(UTF_8));
            case 3 -> IntStream.range(0, random.nextInt(300)).forEach(number ->
                    hostile.add("h" + number % 7, number % 3 == 0 ? null : noise(number % 11)));
            case 4 -> hostile.add("x".repeat(random.nextInt(2_000)), noise(random.nextInt(50)))
                    .add("\u202e\u001b]0;\u0000", noise(3)).add("", null);
            case 5 -> hostile.add("ce_id", noise(20)).add("ce_specversion", "9".getBytes(UTF_8))
                    .add("__value_schema_id", noise(random.nextInt(40))).add("__key_schema_id", noise(17));
            default -> hostile.add("large", new byte[random.nextInt(20) == 0 ? 900_000 : random.nextInt(30_000)]);
        }
        return hostile;
    }

    private FuzzedInput withHeaders(FuzzedInput input) {
        return new FuzzedInput(input.topic(), input.key(), input.value(), headers(), input.appendedAt(),
                Kind.HOSTILE_HEADERS);
    }

    /** About an offer of which nothing else is sent, since its clock does not come back. */
    private FuzzedInput extreme() {
        OfferKey offer = keysOfPartition(0).get(10 + random.nextInt(20));
        IndexedRecord envelope = withOwnId(sensible.next(offer, headers.apply(offer)));
        FuzzedInput input = new FuzzedInput(topicOf(envelope), keyOf(envelope),
                encoder.encode(topicOf(envelope), envelope), new RecordHeaders(),
                EXTREMES.get(random.nextInt(EXTREMES.size())), Kind.EXTREME_TIME);
        return random.nextInt(5) > 0 ? input : new FuzzedInput(input.topic(), input.key(), noise(9), input.headers(),
                input.appendedAt(), Kind.EXTREME_TIME);
    }
}
