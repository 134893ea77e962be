package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Envelopes;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OriginalHeader;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Result;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.fuzz.ForeignSchemas;
import io.offerflow.fuzz.WireBytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be read: one quarantine record and one line of the journal each, and the next record is taken. */
class BadInputTest {

    private static final OfferKey OFFER = new OfferKey("northwind", "tasting-room");
    private static final byte[] KEY = OFFER.toString().getBytes(UTF_8);

    private final ForeignSchemas schemas = new ForeignSchemas(new InMemoryRegistry());
    private TopologyHarness bench = TopologyHarness.start(TopologySettings.defaults("test-build", 1), schemas);
    private final OfferCommand good = Envelopes.create(OFFER);

    @AfterEach
    void close() {
        bench.close();
    }

    private QuarantinedRecord quarantined(byte[] value) {
        return quarantined(Topic.OFFER_COMMANDS, KEY, value);
    }

    private QuarantinedRecord quarantined(Topic topic, byte[] key, byte[] value) {
        return quarantined(topic, key, value, new RecordHeaders());
    }

    /** Sends a record that cannot be read and a good one; checks what holds of every record that cannot be read. */
    private QuarantinedRecord quarantined(Topic topic, byte[] key, byte[] value, Headers headers) {
        Instant appended = START.plusMillis(7);
        bench.send(topic, key, value, appended, headers);

        QuarantinedRecord record = bench.quarantined();
        assertThat(record.getSource().getTopic()).isEqualTo(topic.topicName());
        assertThat(record.getSource().getPartition()).isZero();
        assertThat(record.getSource().getOffset()).isZero();
        assertThat(record.getAppendedAt()).isEqualTo(appended);
        assertThat(record.getDetail()).isNotBlank();
        assertThat(record.getAdvice()).isNotBlank();
        assertThat(bytes(record.getKey())).isEqualTo(key == null ? null
                : Arrays.copyOf(key, Math.min(key.length, SourceRecord.KEY_MAX_BYTES)));
        byte[] kept = value == null ? null : Arrays.copyOf(value, Math.min(value.length, Topic.INPUT_MAX_BYTES));
        assertThat(bytes(record.getValue())).isEqualTo(kept);

        JournalEntry entry = bench.journal();
        assertThat(entry.getKind()).isEqualTo(EntryKind.INPUT);
        assertThat(entry.getResult()).isEqualTo(EntryResult.QUARANTINED);
        assertThat(entry.getSequence()).isZero();
        assertThat(entry.getInput().getSource()).isEqualTo(record.getSource());
        assertThat(entry.getDetail()).startsWith(record.getReason() + ": ");
        assertThat(bytes(entry.getInput().getValue())).isEqualTo(kept);
        bench.andNothingElse();

        bench.send(good, appended);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
        bench.journal();
        bench.status();
        bench.andNothingElse();
        return record;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void aSchemaIdThatTheRegistryDoesNotKnow() {
        byte[] value = bench.bytes(good);
        ByteBuffer.wrap(value).putInt(1, 4_711);
        QuarantinedRecord record = quarantined(value);
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNKNOWN_SCHEMA);
        assertThat(record.getDetail()).contains("4711");
    }

    @Test
    void noKey() {
        QuarantinedRecord record = quarantined(Topic.OFFER_COMMANDS, null, bench.bytes(good));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.MISSING_KEY);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void aKeyThatContradictsTheValue() {
        QuarantinedRecord record = quarantined(Topic.OFFER_COMMANDS, "northwind/other".getBytes(UTF_8),
                bench.bytes(good));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.WRONG_KEY);
        assertThat(record.getDetail()).contains("northwind/other").contains("northwind/tasting-room");
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void aRecordInAnotherPartitionThanItsKeyBelongsTo() {
        bench.close();
        bench = TopologyHarness.start(TopologySettings.defaults("test-build", 4), schemas);
        OfferKey strayed = keyIn(3);
        OfferCommand create = Envelopes.create(strayed);
        bench.send(create, START);

        QuarantinedRecord record = bench.quarantined();
        assertThat(record.getReason()).isEqualTo(QuarantineReason.WRONG_PARTITION);
        assertThat(record.getDetail()).contains("partition 3 of 4").contains("is in 0");
        assertThat(record.getAdvice()).contains("murmur2_random");
        assertThat(record.getCommandId()).isEqualTo(create.getCommandId());
        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.QUARANTINED);
        bench.andNothingElse();

        bench.send(Envelopes.create(keyIn(0)), START);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
    }

    private static OfferKey keyIn(int partition) {
        int number = 0;
        while (Utils.toPositive(Utils.murmur2(("northwind/o" + number).getBytes(UTF_8))) % 4 != partition) {
            number++;
        }
        return new OfferKey("northwind", "o" + number);
    }

    @Test
    void aValueAboveTheLimitIsKeptWhole() {
        QuarantinedRecord record = quarantined(Arrays.copyOf(bench.bytes(good), bench.settings().inputMaxBytes() + 1));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.TOO_LARGE);
        assertThat(record.getCut()).isEmpty();
    }

    @Test
    void aValueAboveWhatATopicTakesIsCut() {
        QuarantinedRecord record = quarantined(Arrays.copyOf(bench.bytes(good), Topic.INPUT_MAX_BYTES + 100));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.TOO_LARGE);
        assertThat(record.getCut()).singleElement().satisfies(cut -> {
            assertThat(cut.getPart()).isEqualTo("value");
            assertThat(cut.getSize()).isEqualTo(Topic.INPUT_MAX_BYTES + 100);
        });
    }

    @Test
    void aKeyAboveTheLimit() {
        byte[] key = ("northwind/" + "o".repeat(SourceRecord.KEY_MAX_BYTES)).getBytes(UTF_8);
        assertThat(quarantined(Topic.OFFER_COMMANDS, key, bench.bytes(good)).getReason())
                .isEqualTo(QuarantineReason.TOO_LARGE);
    }

    @Test
    void headersAreKept() {
        QuarantinedRecord record = quarantined(Topic.OFFER_COMMANDS, KEY, new byte[] {7}, new RecordHeaders()
                .add("tenant", "42".getBytes(UTF_8)).add("empty", null));
        assertThat(record.getHeaders()).containsExactly(
                new OriginalHeader("tenant", ByteBuffer.wrap("42".getBytes(UTF_8))), new OriginalHeader("empty", null));
    }

    @Test
    void bytesBehindTheValue() {
        byte[] value = bench.bytes(good);
        QuarantinedRecord record = quarantined(Arrays.copyOf(value, value.length + 1));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNREADABLE);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void aValueThatBreaksOffHalfWay() {
        byte[] value = bench.bytes(good);
        QuarantinedRecord record = quarantined(Arrays.copyOf(value, value.length - 3));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNREADABLE);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void anArrayOfThreeHundredMillionItems() {
        QuarantinedRecord record = quarantined(schemas.savePropertiesBegun(good).longs(300_000_000L).bytes());
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNREADABLE);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void anArrayWhoseBlocksNeverEnd() {
        WireBytes endless = schemas.savePropertiesBegun(good);
        for (int block = 0; block < 100_000; block++) {
            endless.longs(2).text("a").text("b");
        }
        assertThat(quarantined(endless.longs(0).bytes()).getReason()).isEqualTo(QuarantineReason.UNREADABLE);
    }

    @Test
    void aPayloadNestedTwoHundredThousandTimes() {
        QuarantinedRecord record = quarantined(schemas.nestedPayload(good, 200_000));
        assertThat(record.getReason()).isIn(QuarantineReason.UNREADABLE, QuarantineReason.WRONG_SCHEMA);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void aFieldOfANewerReleaseNestedTwoHundredThousandTimes() {
        QuarantinedRecord record = quarantined(schemas.nestedExtraField(good, 200_000));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNREADABLE);
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void b36AStepResultOnTheTopicOfPublishers() {
        byte[] verdict = bench.bytes(Envelopes.succeeded(OFFER, 1, "CERTIFICATION"));
        QuarantinedRecord record = quarantined(verdict);
        assertThat(record.getReason()).isEqualTo(QuarantineReason.WRONG_SCHEMA);
        assertThat(record.getDetail()).contains("io.offerflow.avro.StepResult").contains("offer-commands");
        assertThat(record.getAdvice()).contains("offer-commands-value");
    }

    @Test
    void b39ACommandOfANewerRelease() {
        QuarantinedRecord record = quarantined(schemas.newerCommand(good));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.UNKNOWN_COMMAND);
        assertThat(record.getDetail()).contains("TransferOffer").contains("offer-commands");
        assertThat(record.getAdvice()).contains("Upgrade");
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void aWriterThatLeavesOutARequiredField() {
        QuarantinedRecord record = quarantined(schemas.withoutActor(good));
        assertThat(record.getReason()).isEqualTo(QuarantineReason.WRONG_SCHEMA);
        assertThat(record.getDetail()).contains("actor");
        assertThat(record.getCommandId()).isEqualTo(good.getCommandId());
    }

    @Test
    void v30AFieldOfANewerReleaseIsNoReasonForQuarantine() {
        bench.send(Topic.OFFER_COMMANDS, KEY, schemas.nestedExtraField(Envelopes.command(OFFER, new SubmitOffer()), 3),
                START);

        bench.journal();
        assertThat(bench.outcome().getCommand()).isEqualTo("SubmitOffer");
        bench.andNothingElse();
    }

    @Test
    void aRegistryThatGivesNoAnswerStopsTheTaskAndQuarantinesNothing() {
        byte[] value = bench.bytes(good);
        ByteBuffer.wrap(value).putInt(1, 4_711);
        schemas.goAway();

        assertThatThrownBy(() -> bench.send(Topic.OFFER_COMMANDS, KEY, value, START))
                .hasRootCauseInstanceOf(RegistryUnavailableException.class);

        bench.andNothingElse();
    }

    @Test
    void knownSchemasNeedNoRegistry() {
        bench.send(good, START);
        bench.outcome();
        schemas.goAway();

        bench.send(Envelopes.submit(OFFER), START);

        assertThat(bench.outcome().getCommand()).isEqualTo("SubmitOffer");
    }
}
