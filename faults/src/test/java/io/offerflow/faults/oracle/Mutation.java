package io.offerflow.faults.oracle;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import io.offerflow.topology.OfferTopology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;

/** A copy of a good history with one fault in it. */
public final class Mutation {

    /** The kinds of faults. */
    public enum Kind {
        OUTPUT_LOST, LAST_OUTPUT_LOST, OUTPUT_TWICE, NEIGHBOURS_SWAPPED, VALUES_SWAPPED, BIT_FLIPPED, HEADER_CHANGED,
        TIME_CHANGED, ENTRY_LOST, ENTRY_NUMBER_SHIFTED, INPUT_LOST, INPUT_CHANGED, ABORTED_RECORD_SEEN,
        SEEN_RECORD_VANISHED, EVENT_ID_REUSED, ROW_LOST, ROW_STALE, ROW_OF_ABORTED_TRANSACTION,
        REFUSED_TURNED_ACCEPTED, DUPLICATE_TURNED_NEW
    }

    private final Random random;
    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> committed = new EnumMap<>(Topic.class);
    private final Map<Topic, List<Sighting>> seen = new EnumMap<>(Topic.class);
    private final Map<String, NavigableMap<Bytes, byte[]>> stores = new HashMap<>();
    private final SchemaRegistry registry;

    private Mutation(PartitionHistory good, SchemaRegistry registry, long seed) {
        this.registry = registry;
        this.random = new Random(seed);
        good.committed().forEach((topic, records) -> committed.put(topic, new ArrayList<>(records)));
        good.seen().forEach((topic, records) -> seen.put(topic, new ArrayList<>(records)));
        good.stores().forEach((name, rows) -> stores.put(name, new TreeMap<>(rows)));
    }

    public static PartitionHistory of(PartitionHistory good, SchemaRegistry registry, Kind kind, long seed) {
        Mutation mutation = new Mutation(good, registry, seed);
        mutation.apply(kind);
        return new PartitionHistory(good.partition(), mutation.committed, mutation.seen, good.acknowledged(),
                mutation.stores);
    }

    private void apply(Kind kind) {
        switch (kind) {
            case OUTPUT_LOST -> lose(output());
            case LAST_OUTPUT_LOST -> {
                Topic topic = output();
                unseen(topic, committed.get(topic).size() - 1);
            }
            case OUTPUT_TWICE -> {
                Topic topic = output();
                int index = index(topic);
                insert(topic, index + 1, committed.get(topic).get(index));
            }
            case NEIGHBOURS_SWAPPED -> {
                Topic topic = output();
                int index = random.nextInt(committed.get(topic).size() - 1);
                Collections.swap(committed.get(topic), index, index + 1);
                Collections.swap(seen.get(topic), index, index + 1);
            }
            case VALUES_SWAPPED -> swapValues();
            case BIT_FLIPPED -> change(random.nextInt(4) == 0 ? Topic.OFFER_JOURNAL : event(), record ->
                    with(record, record.headers(), flipped(record.value())));
            case HEADER_CHANGED -> change(event(), record -> with(record,
                    changed(record.headers(), "ce_time", "2026-01-01T00:00:00Z"), record.value()));
            case TIME_CHANGED -> change(output(), record -> copy(record, record.timestamp() + 1, record.headers(),
                    record.value()));
            case ENTRY_LOST -> lose(Topic.OFFER_JOURNAL);
            case ENTRY_NUMBER_SHIFTED -> shiftNumber();
            case INPUT_LOST -> {
                Topic topic = Topic.OFFER_COMMANDS;
                committed.get(topic).remove(index(topic));
            }
            case INPUT_CHANGED -> change(Topic.OFFER_COMMANDS, record ->
                    with(record, record.headers(), flipped(record.value())));
            case ABORTED_RECORD_SEEN -> {
                Topic topic = output();
                seen.get(topic).add(index(topic), new Sighting(random.nextInt(10_000), random.nextInt()));
            }
            case SEEN_RECORD_VANISHED -> lose(event(), false);
            case EVENT_ID_REUSED -> {
                Topic topic = event();
                ConsumerRecord<byte[], byte[]> last = committed.get(topic).getLast();
                insert(topic, committed.get(topic).size(), with(last, changed(last.headers(), "ce_id",
                        EventId.of(committed.get(topic).getFirst()).orElseThrow().text()), last.value()));
            }
            case ROW_LOST -> rows().pollLastEntry();
            case ROW_STALE -> {
                NavigableMap<Bytes, byte[]> rows = rows();
                rows.put(rows.firstKey(), flipped(rows.firstEntry().getValue()));
            }
            case ROW_OF_ABORTED_TRANSACTION -> rows().put(Bytes.wrap("contoso/aborted".getBytes(
                    StandardCharsets.UTF_8)), new byte[] {1, 2, 3});
            case REFUSED_TURNED_ACCEPTED -> decide(EntryResult.REJECTED, EntryResult.ACCEPTED, Result.ACCEPTED);
            case DUPLICATE_TURNED_NEW -> decide(EntryResult.DUPLICATE, EntryResult.ACCEPTED, Result.ACCEPTED);
        }
    }

    /** An output topic with some records. */
    private Topic output() {
        List<Topic> topics = Topic.outputs().stream().filter(topic -> committed.get(topic).size() > 2).toList();
        return topics.get(random.nextInt(topics.size()));
    }

    /** An output topic whose records are events. */
    private Topic event() {
        List<Topic> topics = Topic.outputs().stream().filter(topic -> topic != Topic.OFFER_JOURNAL
                && topic != Topic.QUARANTINE && committed.get(topic).size() > 2).toList();
        return topics.get(random.nextInt(topics.size()));
    }

    private int index(Topic topic) {
        return random.nextInt(committed.get(topic).size());
    }

    private void lose(Topic topic) {
        lose(topic, true);
    }

    private void lose(Topic topic, boolean alsoSeen) {
        int index = index(topic);
        committed.get(topic).remove(index);
        if (alsoSeen) {
            seen.get(topic).remove(index);
        }
    }

    private void unseen(Topic topic, int index) {
        committed.get(topic).remove(index);
        seen.get(topic).remove(index);
    }

    private void insert(Topic topic, int index, ConsumerRecord<byte[], byte[]> record) {
        committed.get(topic).add(index, record);
        seen.get(topic).add(index, Sighting.of(record));
    }

    private void swapValues() {
        List<ConsumerRecord<byte[], byte[]>> records = committed.get(Topic.COMMAND_OUTCOMES);
        int one = index(Topic.COMMAND_OUTCOMES);
        int other = (one + 1 + random.nextInt(records.size() - 1)) % records.size();
        byte[] value = records.get(one).value();
        replace(Topic.COMMAND_OUTCOMES, one, with(records.get(one), records.get(one).headers(),
                records.get(other).value()));
        replace(Topic.COMMAND_OUTCOMES, other, with(records.get(other), records.get(other).headers(), value));
    }

    private void change(Topic topic, UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
        List<Integer> with = IntStream.range(0, committed.get(topic).size())
                .filter(index -> committed.get(topic).get(index).value() != null
                        && committed.get(topic).get(index).value().length > 0).boxed().toList();
        int index = with.get(random.nextInt(with.size()));
        replace(topic, index, change.apply(committed.get(topic).get(index)));
    }

    private void replace(Topic topic, int index, ConsumerRecord<byte[], byte[]> record) {
        committed.get(topic).set(index, record);
        if (seen.containsKey(topic)) {
            seen.get(topic).set(index, Sighting.of(record));
        }
    }

    private NavigableMap<Bytes, byte[]> rows() {
        return stores.get(random.nextBoolean() ? OfferTopology.OFFERS : OfferTopology.CONTENTS);
    }

    private byte[] flipped(byte[] value) {
        byte[] copy = value.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    /** Changes the number of an entry, and nothing that follows from it. */
    private void shiftNumber() {
        AvroDecoder decoder = new AvroDecoder(registry);
        AvroEncoder encoder = new AvroEncoder(registry, List.of(Topic.OFFER_JOURNAL));
        change(Topic.OFFER_JOURNAL, record -> {
            JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value());
            entry.setNumber(entry.getNumber() + 1);
            return with(record, record.headers(), encoder.encode(Topic.OFFER_JOURNAL, entry));
        });
    }

    /** A consistent fault: entry and outcome agree on another result, without an effect on the state. */
    private void decide(EntryResult before, EntryResult after, Result told) {
        AvroDecoder decoder = new AvroDecoder(registry);
        AvroEncoder encoder = new AvroEncoder(registry, Topic.outputs());
        List<Integer> found = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> journal = committed.get(Topic.OFFER_JOURNAL);
        for (int index = 0; index < journal.size(); index++) {
            JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, journal.get(index).value());
            if (entry.getResult() == before) {
                found.add(index);
            }
        }
        int index = found.get(random.nextInt(found.size()));
        JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, journal.get(index).value());
        entry.setResult(after);
        entry.setReason(null);
        entry.setDetail(null);
        entry.setFirst(null);
        entry.setProblems(List.of());
        replace(Topic.OFFER_JOURNAL, index, with(journal.get(index), journal.get(index).headers(),
                encoder.encode(Topic.OFFER_JOURNAL, entry)));
        List<ConsumerRecord<byte[], byte[]>> outcomes = committed.get(Topic.COMMAND_OUTCOMES);
        for (int number = 0; number < outcomes.size(); number++) {
            CommandOutcome outcome = (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES,
                    outcomes.get(number).value());
            if (outcome.getCause().equals(entry.getInput().getSource())) {
                outcome.setResult(told);
                outcome.setReason(null);
                outcome.setDetail(null);
                outcome.setFirst(null);
                outcome.setProblems(List.of());
                replace(Topic.COMMAND_OUTCOMES, number, with(outcomes.get(number), outcomes.get(number).headers(),
                        encoder.encode(Topic.COMMAND_OUTCOMES, outcome)));
            }
        }
    }

    private static Headers changed(Headers headers, String name, String value) {
        Headers copy = new RecordHeaders();
        Arrays.stream(headers.toArray()).forEach(header -> copy.add(header.key(), header.key().equals(name)
                ? value.getBytes(StandardCharsets.UTF_8) : header.value()));
        return copy;
    }

    private static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> record, Headers headers,
            byte[] value) {
        return copy(record, record.timestamp(), headers, value);
    }

    private static ConsumerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, long timestamp,
            Headers headers, byte[] value) {
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), timestamp,
                record.timestampType(), record.serializedKeySize(), record.serializedValueSize(), record.key(), value,
                headers, record.leaderEpoch());
    }
}
