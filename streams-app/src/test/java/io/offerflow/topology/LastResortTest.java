package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CutPart;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.topology.InputReader.ReadResult.Undecodable;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** However large a record is, its last resort fits into a record of each output, and says what was cut. */
class LastResortTest {

    private static final OfferKey OFFER = new OfferKey("northwind", "tasting-room");
    private static final int MEGABYTES = 3 * 1024 * 1024;
    private static final int[] SIZES = {0, 1, SourceRecord.KEY_MAX_BYTES, SourceRecord.KEY_MAX_BYTES + 1,
        SourceRecord.HEADERS_MAX_BYTES, Topic.INPUT_MAX_BYTES, Topic.INPUT_MAX_BYTES + 1, MEGABYTES};
    private static final int RECORD_OVERHEAD = 256;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final OutputEncoder encoder = new OutputEncoder(registry, new JournalMapping.DecidedBy("build", "policy"),
            Projection.all(Locale.ENGLISH));

    @Test
    void quarantineAndJournalTakeAnyRecord() {
        Random random = new Random(17);
        for (int run = 0; run < 60; run++) {
            SourceRecord source = extreme(random);
            Undecodable cause = new Undecodable(QuarantineReason.UNREADABLE, text(random), Advice.REPORT.with(),
                    Optional.of(text(random)));
            List<OutputRecord> records = encoder.encode(Long.MAX_VALUE, source, cause, new OutputKey(0, source.key()));
            assertThat(records).extracting(OutputRecord::topic).containsExactly(Topic.OFFER_JOURNAL, Topic.QUARANTINE);
            records.forEach(LastResortTest::fits);
        }
    }

    /** Also of a command whose every text is as large as a value may be. */
    @Test
    void aRefusalBecauseOfSizeOrAFaultFitsIntoAllOutputs() {
        OfferState before = new OfferState(OFFER, OfferHeader.NONE, StateRows.of(Map.of()));
        String huge = "\uD83D\uDE00".repeat(Topic.INPUT_MAX_BYTES / 4);
        CommandEnvelope envelope = new CommandEnvelope(huge, huge, Optional.empty(), false, 7,
                new Command.CreateOffer(huge, huge));
        Random random = new Random(18);
        for (int run = 0; run < 5; run++) {
            SourceRecord source = extreme(random);
            for (Entry entry : List.of(FallbackEntries.internal(before, envelope, START), FallbackEntries.tooLarge(
                    before, envelope, START, new OutputEncoder.TooLargeException("a record would have x bytes")))) {
                encoder.encode(Long.MAX_VALUE, new Transition(Optional.of(source), before, entry, before),
                        new OutputKey(0, source.key())).forEach(LastResortTest::fits);
            }
        }
    }

    @Test
    void whatIsCutIsToldWithItsSizeAndDigest() {
        SourceRecord source = SourceRecord.received("offer-commands", 0, 7, START, Optional.of(new byte[MEGABYTES]),
                Optional.of(new byte[MEGABYTES]), List.of(header("small", 10), header("large", MEGABYTES),
                        header("last", 20)));
        List<OutputRecord> records = encoder.encode(Long.MAX_VALUE, source, Undecodable.fault("why"),
                new OutputKey(0, source.key()));
        QuarantinedRecord quarantined =
                (QuarantinedRecord) decoder.decode(Topic.QUARANTINE, records.get(1).record().value());
        assertThat(quarantined.getCut()).extracting(CutPart::getPart).containsExactly("key", "value", "headers");
        assertThat(quarantined.getCut()).extracting(CutPart::getSize)
                .containsExactly((long) MEGABYTES, (long) MEGABYTES, MEGABYTES + (long) "large".length());
        assertThat(quarantined.getCut()).allSatisfy(cut -> assertThat(cut.getSha256()).matches("[0-9a-f]{64}"));
        assertThat(quarantined.getCut().get(0).getSha256()).isEqualTo(quarantined.getCut().get(1).getSha256());
        assertThat(quarantined.getHeaders()).extracting(kept -> kept.getName()).containsExactly("small", "last");
        JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, records.get(0).record().value());
        assertThat(entry.getDetail()).startsWith("FAULT: why; not kept whole: key of 3,145,728 bytes (SHA-256 ");
    }

    @Test
    void aTraceThatIsNoneIsNotPassedOn() {
        assertThat(trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")).isPresent();
        assertThat(trace("x".repeat(129))).isEmpty();
        assertThat(trace("00-1\n-1")).isEmpty();
        assertThat(trace("00-\u00e9-1-01")).isEmpty();
    }

    private static Optional<String> trace(String text) {
        return SourceRecord.received("offer-commands", 0, 7, START, Optional.empty(), Optional.empty(),
                List.of(new SourceRecord.SourceHeader("traceparent",
                        Optional.of(text.getBytes(StandardCharsets.ISO_8859_1))))).traceparent();
    }

    private static SourceRecord extreme(Random random) {
        List<SourceRecord.SourceHeader> headers = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? 5_000 : random.nextInt(4);
        for (int number = 0; number < count; number++) {
            headers.add(header(random.nextInt(8) == 0 ? "traceparent" : "h".repeat(random.nextInt(300)),
                    count > 10 ? random.nextInt(50) : size(random)));
        }
        Instant appendedAt = random.nextBoolean() ? START : Instant.ofEpochMilli(random.nextLong());
        return SourceRecord.received("o".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE, appendedAt,
                bytes(random), bytes(random), headers);
    }

    private static Optional<byte[]> bytes(Random random) {
        return random.nextInt(10) == 0 ? Optional.empty() : Optional.of(new byte[size(random)]);
    }

    private static SourceRecord.SourceHeader header(String name, int size) {
        return new SourceRecord.SourceHeader(name, Optional.of(new byte[size]));
    }

    private static int size(Random random) {
        return SIZES[random.nextInt(SIZES.length)];
    }

    private static String text(Random random) {
        return "\uD83D\uDE00".repeat(size(random) / 4);
    }

    private static void fits(OutputRecord output) {
        long bytes = RECORD_OVERHEAD + output.record().value().length
                + output.record().key().bytes().map(key -> key.length).orElse(0) + size(output.record().headers());
        assertThat(bytes).as("bytes of a record for %s", output.topic())
                .isLessThanOrEqualTo(output.topic().maxMessageBytes());
    }

    private static long size(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += header.key().length() + header.value().length + 10L;
        }
        return size;
    }
}
