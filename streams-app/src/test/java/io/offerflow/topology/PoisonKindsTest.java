package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.contract.wire.Framing;
import io.offerflow.contract.wire.InstantRange;
import io.offerflow.fuzz.ForeignSchemas;
import io.offerflow.fuzz.GoodInput;
import io.offerflow.fuzz.Poison;
import io.offerflow.fuzz.PoisonKinds;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each kind of record that a sender should not write, on each input: the reason, and the advice that fits it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonKindsTest {

    private static final int PARTITIONS = 4;

    private final ForeignSchemas schemas = new ForeignSchemas(new InMemoryRegistry());
    private final TopologyHarness bench =
            TopologyHarness.start(TopologySettings.defaults("test-build", PARTITIONS), schemas);
    private final AvroEncoder encoder = new AvroEncoder(schemas, Topic.inputs());
    private int number;

    @AfterAll
    void close() {
        bench.close();
    }

    @TestFactory
    Stream<DynamicTest> eachKindHasItsReasonAndItsAdvice() {
        return PoisonKinds.all(schemas).stream().map(kind -> DynamicTest.dynamicTest(kind.name(),
                () -> kind.topics().stream().limit(kind.huge() ? 1 : Topic.inputs().size())
                        .forEach(topic -> answered(kind, topic))));
    }

    private void answered(PoisonKinds.Kind kind, Topic topic) {
        Poison poison = poison(kind, topic);
        bench.send(poison.topic(), poison.key(), poison.value(), START, poison.headers());
        if (kind.reason().isPresent()) {
            QuarantinedRecord record = bench.quarantined();
            assertThat(record.getReason()).as("%s: %s", topic, record.getDetail()).isEqualTo(kind.reason().get());
            assertThat(record.getAdvice()).as("%s: %s", topic, record.getDetail()).contains(kind.advice());
            JournalEntry entry = bench.journal();
            assertThat(entry.getResult()).isEqualTo(EntryResult.QUARANTINED);
            assertThat(entry.getDetail()).startsWith(kind.reason().get() + ": ");
        } else {
            bench.outcome();
            bench.skip();
        }
        bench.andNothingElse();
        GoodInput next = GoodInput.of(topic, number++, 0, PARTITIONS, encoder);
        bench.send(next.envelope(), START);
        assertThat(bench.outcome().getCause().getTopic()).isEqualTo(topic.topicName());
        bench.skip();
    }

    /** For an offer whose partition, with the shift of the poison, is the one of the test driver. */
    private Poison poison(PoisonKinds.Kind kind, Topic topic) {
        Poison poison = kind.maker().of(GoodInput.of(topic, number++, 0, PARTITIONS, encoder));
        return poison.shift() == 0 ? poison
                : kind.maker().of(GoodInput.of(topic, number++, PARTITIONS - poison.shift(), PARTITIONS, encoder));
    }

    @Test
    void thereAreMoreThanSixtyKindsAndEachHasAName() {
        List<PoisonKinds.Kind> kinds = PoisonKinds.all(schemas);
        assertThat(kinds).hasSizeGreaterThan(60).extracting(PoisonKinds.Kind::name).doesNotHaveDuplicates();
    }

    @Test
    void everyReasonAndEveryAdviceBelongsToAKind() {
        Set<QuarantineReason> reasons = EnumSet.noneOf(QuarantineReason.class);
        Set<String> advice = new HashSet<>();
        InputReader reader = new InputReader(schemas, PARTITIONS, 512 * 1024);
        for (PoisonKinds.Kind kind : PoisonKinds.all(schemas).stream().filter(kind -> !kind.huge()).toList()) {
            kind.topics().forEach(topic -> {
                Poison poison = poison(kind, topic);
                if (reader.read(SourceRecords.of(poison, START)) instanceof InputReader.ReadResult.Undecodable cause) {
                    reasons.add(cause.reason());
                    advice.add(cause.advice());
                }
            });
        }
        assertThat(reasons).containsAll(EnumSet.complementOf(
                EnumSet.of(QuarantineReason.UNKNOWN, QuarantineReason.FAULT)));
        Set<Advice> elsewhere = EnumSet.of(Advice.REPORT, Advice.APPEND_TIME, Advice.WRITE_AVRO, Advice.ONE_SCHEMA);
        assertThat(EnumSet.complementOf(EnumSet.copyOf(elsewhere))).allSatisfy(one ->
                assertThat(advice).anySatisfy(text -> assertThat(text)
                        .startsWith(one.with("%", "%", "%").split("%", 2)[0])));
        assertThat(Framing.values()).allSatisfy(framing -> assertThat(advice).contains(framing.advice()));
    }

    @Test
    void aSchemaOfAnotherTypeOrWithReferences() {
        GoodInput good = GoodInput.of(Topic.OFFER_COMMANDS, 0, 0, PARTITIONS, encoder);
        assertThat(read(good, good.withSchema(ForeignSchemas.PROTOBUF))).satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(QuarantineReason.WRONG_SCHEMA);
            assertThat(cause.advice()).contains("Write it in Avro");
        });
        assertThat(read(good, good.withSchema(ForeignSchemas.WITH_REFERENCES))).satisfies(cause -> {
            assertThat(cause.reason()).isEqualTo(QuarantineReason.WRONG_SCHEMA);
            assertThat(cause.advice()).contains("without references");
        });
    }

    @Test
    void anAppendTimeOfTheFarFutureIsQuarantinedAndNoneIs1970() {
        GoodInput good = GoodInput.of(Topic.OFFER_COMMANDS, 0, 0, PARTITIONS, encoder);
        Poison poison = new Poison(good.topic(), good.key(), good.value(), new RecordHeaders(), 0);
        assertThat(new InputReader(schemas, PARTITIONS, 512 * 1024)
                .read(SourceRecords.of(poison, Instant.ofEpochMilli(Long.MAX_VALUE))))
                .isInstanceOfSatisfying(InputReader.ReadResult.Undecodable.class, cause -> {
                    assertThat(cause.reason()).isEqualTo(QuarantineReason.WRONG_TIME);
                    assertThat(cause.advice()).contains("message.timestamp.type=LogAppendTime");
                });
        assertThat(extracted(-1L)).isZero();
        assertThat(extracted(START.toEpochMilli())).isEqualTo(START.toEpochMilli());
        assertThat(extracted(Long.MAX_VALUE)).isEqualTo(InstantRange.END.toEpochMilli());
    }

    private static long extracted(long timestamp) {
        return new AppendTimeExtractor().extract(new ConsumerRecord<>("offer-commands", 0, 0, timestamp,
                TimestampType.CREATE_TIME, 0, 0, null, null, new RecordHeaders(), Optional.empty()), -1);
    }

    @Test
    void theNamesOfATypeInAnotherNamespaceAreTold() {
        QuarantinedRecord record = quarantined("command in another namespace");
        assertThat(record.getDetail()).contains("com.contoso.market.CreateOffer")
                .contains("io.offerflow.avro.CreateOffer");
    }

    @Test
    void thePathOfATextAndOfAnInstantIsTold() {
        assertThat(quarantined("text in Latin-1").getDetail()).contains("the text actor is not UTF-8");
        assertThat(quarantined("stop at an instant in microseconds").getDetail()).contains("payload.notBefore");
        assertThat(quarantined("instant as timestamp-micros").getDetail())
                .contains("issuedAt is timestamp-micros, expected timestamp-millis");
    }

    private QuarantinedRecord quarantined(String name) {
        PoisonKinds.Kind kind = PoisonKinds.all(schemas).stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow();
        Poison poison = poison(kind, Topic.OFFER_COMMANDS);
        bench.send(poison.topic(), poison.key(), poison.value(), START, poison.headers());
        QuarantinedRecord record = bench.quarantined();
        bench.skip();
        return record;
    }

    private InputReader.ReadResult.Undecodable read(GoodInput good, byte[] value) {
        return (InputReader.ReadResult.Undecodable) new InputReader(schemas, PARTITIONS, 512 * 1024).read(
                SourceRecords.of(new Poison(good.topic(), good.key(), value, new RecordHeaders(), 0), START));
    }
}
