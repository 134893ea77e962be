package io.offerflow.replay.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.WireFormat;
import io.offerflow.replay.fold.CollectingSink;
import io.offerflow.replay.fold.JsonLinesSink;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.StateSink;
import io.offerflow.topology.LiveRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay halts where entries are missing, or where this release cannot decode them. */
class BadJournalTest {

    @TempDir
    private Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final LiveRun live = new LiveRun(registry, 101).inputs(150);
    private final Path file = Path.of("state.jsonl");

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void noEntryAfterAMissingOneIsApplied() throws Exception {
        List<JournalEntry> lines = live.lines();
        MemoryJournal journal = new MemoryJournal(live.journal());
        int noticed = 0;
        for (int gone = 1; gone < lines.size(); gone++) {
            CollectingSink rebuilt = new CollectingSink();
            try {
                rebuild(journal.without(gone, gone + 1), rebuilt);
                assertThat(gone).as("a line was missing: %s", lines.get(gone)).isEqualTo(lines.size() - 1);
            } catch (ReplayHaltedException e) {
                noticed++;
                assertThat(e).hasMessageContaining("Entries of the journal are missing before it")
                        .hasMessageStartingWith("stopped at offer-journal-0@");
                assertThat(rebuilt.isComplete()).isFalse();
            }
        }
        assertThat(noticed).as("all but the last").isEqualTo(lines.size() - 2);
    }

    @Test
    void aJournalWithoutItsBeginningIsNotReplayed() {
        assertThatThrownBy(() -> rebuild(new MemoryJournal(live.journal()).without(0, 5), new CollectingSink()))
                .isInstanceOf(ReplayHaltedException.class).hasMessageContaining("offer-journal-0@5")
                .hasMessageContaining("all entries before it were deleted").hasMessageContaining("retention.ms");
    }

    @Test
    void anEntryOfANewerReleaseStopsItThere() {
        Schema newer = newer(schema -> ((ArrayNode) schema.get("fields")).addObject().put("name", "mood")
                .put("type", "string").put("default", "fine"));
        assertStops(rewritten(40, record -> written(record, newer)), "offer-journal-0@40", "a newer release wrote it",
                "does not know the field mood of JournalEntry");
    }

    @Test
    void anEventTypeOfANewerReleaseStopsItThere() {
        Schema newer = newer(schema -> schema.get("fields").forEach(field -> {
            if (field.get("name").asText().equals("events")) {
                ObjectNode event = ((ArrayNode) field.get("type").get("items")).addObject();
                event.put("type", "record").put("name", "OfferSang").putArray("fields");
            }
        }));
        assertStops(rewritten(25, record -> written(record, newer)), "offer-journal-0@25", "does not know OfferSang");
    }

    @Test
    void anEntryWhoseSchemaIsGoneStopsItThere() {
        assertStops(rewritten(30, bytes -> ByteBuffer.wrap(bytes.clone()).putInt(1, 47_110).array()),
                "offer-journal-0@30", "the registry does not have", "47110");
    }

    @Test
    void anEntryThatIsNotAvroStopsItThere() {
        assertStops(rewritten(30, bytes -> new byte[] {7, 7, 7}), "offer-journal-0@30", "cannot be read");
    }

    @Test
    void anEntryOfTheOfferThatCameTwiceStopsItThere() {
        List<JournalRecord> twice = new ArrayList<>(live.journal());
        int index = firstWithSequence(5);
        twice.add(new JournalRecord(0, twice.size(), twice.get(index).key(), twice.get(index).value()));
        assertStops(new MemoryJournal(twice), "offer-journal-0@" + (twice.size() - 1));
    }

    private int firstWithSequence(long sequence) {
        List<JournalEntry> lines = live.lines();
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).getSequence() == sequence && lines.get(index).getKind() == EntryKind.INPUT) {
                return index;
            }
        }
        throw new AssertionError("no entry has number " + sequence);
    }

    @Test
    void aRunThatStopsLeavesNoFileBehind() {
        Path target = folder.resolve(file);
        assertThatThrownBy(() -> {
            try (JsonLinesSink lines = new JsonLinesSink(target)) {
                rebuild(new MemoryJournal(live.journal()).without(60, 61), lines);
            }
        }).isInstanceOf(ReplayHaltedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private void assertStops(Journal journal, String... said) {
        CollectingSink rebuilt = new CollectingSink();
        assertThatThrownBy(() -> rebuild(journal, rebuilt)).isInstanceOf(ReplayHaltedException.class)
                .hasMessageContainingAll(said);
        assertThat(rebuilt.isComplete()).isFalse();
        assertThat(rebuilt.state()).isEmpty();
    }

    private void rebuild(Journal journal, StateSink sink) throws InterruptedException {
        new Rebuild(journal, registry, new ReplayOptions(2, 1 << 30, folder.resolve("spill"), ReplayProgress.NONE))
                .run(new ReplayBound.Latest(), Optional.of(sink));
    }

    /** Changes a value. */
    private interface Rewriting {
        byte[] of(byte[] value);
    }

    private MemoryJournal rewritten(int index, Rewriting how) {
        List<JournalRecord> records = new ArrayList<>(live.journal());
        JournalRecord old = records.get(index);
        records.set(index, new JournalRecord(0, index, old.key(), old.value().map(how::of)));
        return new MemoryJournal(records);
    }

    /** The schema of a newer release. */
    private static Schema newer(Consumer<JsonNode> change) {
        try {
            JsonNode schema = new ObjectMapper().readTree(Topic.OFFER_JOURNAL.schema().toString());
            change.accept(schema);
            return new SchemaParser().parse(schema.toString()).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] written(byte[] value, Schema schema) {
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(Topic.OFFER_JOURNAL.schema(), schema)
                    .read(null, DecoderFactory.get().binaryDecoder(value, WireFormat.PREFIX_BYTES,
                            value.length - WireFormat.PREFIX_BYTES, null));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(ByteBuffer.allocate(WireFormat.PREFIX_BYTES)
                    .putInt(1, registry.register(Topic.OFFER_JOURNAL.subject(), schema)).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
