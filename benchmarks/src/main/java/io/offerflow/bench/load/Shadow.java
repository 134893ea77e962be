package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.bench.footprint.Footprint;
import io.offerflow.codec.EnumMappings;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.OutputRecord;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The service's own rules, codecs and outputs over maps instead of stores: it knows what becomes of a command, and
 * counts what the service does for it. The order of steps is that of the topology's one processor.
 */
final class Shadow {

    /** How many milliseconds pass from one command to the next. */
    static final long PACE_MS = 20;

    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final OutputEncoder outbox;
    private final int partitions;
    private final boolean footprints;
    private final Map<ByteBuffer, byte[]> offers = new HashMap<>();
    private final Map<ByteBuffer, byte[]> contents = new HashMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();
    private final boolean[] policyKnown;
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private List<Footprint.Read> reads = new ArrayList<>();

    Shadow(SchemaRegistry registry, int partitions, boolean footprints) {
        this.outbox = new OutputEncoder(registry, new JournalMapping.DecidedBy("benchmark", Policy.DEFAULT.id()),
                Projection.all(Locale.ENGLISH));
        this.partitions = partitions;
        this.footprints = footprints;
        this.policyKnown = new boolean[partitions];
    }

    /** What became of a command, where it lies, and what was done for it. */
    record Taken(Result result, Optional<Reason> reason, int partition, Footprint footprint) {
    }

    OfferHeader facts(OfferKey key) {
        byte[] stored = offers.get(ByteBuffer.wrap(StateCodec.key(key)));
        return stored == null ? OfferHeader.NONE : codec.decodeHeader(stored);
    }

    Taken take(Topic topic, IndexedRecord envelope, byte[] value) {
        InputMapping.DecodedInput input = mapping.fromAvro(envelope);
        byte[] id = StateCodec.key(input.key());
        int partition = Utils.toPositive(Utils.murmur2(id)) % partitions;
        long offset = offsets.merge((long) topic.ordinal() * partitions + partition, 1L, Long::sum) - 1;
        now = now.plusMillis(PACE_MS);
        reads = new ArrayList<>(List.of(new Footprint.Read(store(OfferTopology.OFFERS), id)));
        Map<RowKey, Optional<StateRow>> known = new HashMap<>();
        OfferState before = new OfferState(input.key(), facts(input.key()),
                StateRows.of(key -> known.computeIfAbsent(key, unread -> read(id, unread))));
        Entry entry = engine.decide(before, input.envelope(), now);
        OfferState after = OfferEvolver.apply(before, entry);
        List<Footprint.Write> writes = writes(id, before, after);
        List<Footprint.Letter> letters = new ArrayList<>();
        if (footprints) {
            SourceRecord origin = new SourceRecord(topic.topicName(), partition, offset, now, Optional.of(id), Optional.of(value),
                    List.of(), 1);
            outbox.encode(new Transition(Optional.of(origin), before, entry, after),
                    new OutputKey(partition, Optional.of(id))).forEach(letter -> letters.add(letter(letter)));
            policy(partition, writes);
        }
        writes.forEach(this::write);
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(entry.decision());
        return new Taken(answer.result().map(EnumMappings::toAvro).orElseThrow(), answer.reason(), partition,
                new Footprint(reads, writes, letters));
    }

    private Optional<StateRow> read(byte[] offer, RowKey key) {
        byte[] id = StateCodec.key(offer, key);
        reads.add(new Footprint.Read(store(OfferTopology.CONTENTS), id));
        return Optional.ofNullable(contents.get(ByteBuffer.wrap(id))).map(bytes -> codec.decodeRow(key, bytes));
    }

    private List<Footprint.Write> writes(byte[] id, OfferState before, OfferState after) {
        List<Footprint.Write> writes = new ArrayList<>();
        if (after.header().sequence() != before.header().sequence()) {
            writes.add(new Footprint.Write(store(OfferTopology.OFFERS), id, Optional.of(codec.encode(after.header()))));
        }
        after.rows().changes().forEach((key, row) -> writes.add(new Footprint.Write(store(OfferTopology.CONTENTS),
                StateCodec.key(id, key), row.map(codec::encode))));
        OfferEngine.nextDue(after.header()).filter(at -> !Optional.of(at).equals(OfferEngine.nextDue(before.header())))
                .flatMap(at -> OfferTopology.timer(after.key(), after.header()))
                .ifPresent(timer -> writes.add(new Footprint.Write(store(OfferTopology.TIMERS), timer.getKey(),
                        Optional.of(timer.getValue()))));
        return writes;
    }

    private void policy(int partition, List<Footprint.Write> writes) {
        if (!policyKnown[partition]) {
            policyKnown[partition] = true;
            reads.add(new Footprint.Read(store(OfferTopology.CONTENTS), StateCodec.POLICY));
            writes.add(new Footprint.Write(store(OfferTopology.CONTENTS), StateCodec.POLICY,
                    Optional.of(codec.encodePolicy(Policy.DEFAULT.id()))));
        }
    }

    private void write(Footprint.Write write) {
        Map<ByteBuffer, byte[]> store = write.store() == store(OfferTopology.OFFERS) ? offers : contents;
        write.value().ifPresentOrElse(value -> store.put(ByteBuffer.wrap(write.key()), value),
                () -> store.remove(ByteBuffer.wrap(write.key())));
    }

    private static Footprint.Letter letter(OutputRecord letter) {
        List<Footprint.Header> headers = new ArrayList<>();
        letter.record().headers().forEach(header -> headers.add(new Footprint.Header(header.key(), header.value())));
        return new Footprint.Letter(letter.topic(), letter.record().key().bytes(),
                Optional.ofNullable(letter.record().value()), headers);
    }

    private static int store(String name) {
        return OfferTopology.stores().indexOf(name);
    }
}
