package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.bench.load.Footprint.FootprintRecord;
import io.offerflow.bench.load.Footprint.StoreChange;
import io.offerflow.bench.load.Footprint.StoreLookup;
import io.offerflow.codec.EnumMappings;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The service's rules, codecs and outputs on offers in memory: it gives the outcome of a command, and counts what the
 * service does for it, in the order of the topology's one processor.
 */
final class ServiceModel {

    static final long STEP_MS = 20;

    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final InMemoryOffers offers = new InMemoryOffers();
    private final OutputEncoder outbox;
    private final int partitions;
    private final boolean footprints;
    private final Map<Long, Long> offsets = new HashMap<>();
    private final boolean[] policyKnown;
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    ServiceModel(SchemaRegistry registry, int partitions, boolean footprints) {
        this.outbox = new OutputEncoder(registry, new JournalMapping.DecidedBy("benchmark", Policy.DEFAULT.id()),
                Projection.all(Locale.ENGLISH));
        this.partitions = partitions;
        this.footprints = footprints;
        this.policyKnown = new boolean[partitions];
    }

    /** The outcome of a command, the partition of its input, and what the service does for it. */
    record ModelledCommand(Result result, Optional<Reason> reason, int partition, Footprint footprint) {
    }

    OfferHeader facts(OfferKey offer) {
        return offers.facts(offer);
    }

    ModelledCommand take(Topic topic, IndexedRecord envelope, byte[] value) {
        InputMapping.DecodedInput input = mapping.fromAvro(envelope);
        byte[] id = StateCodec.key(input.key());
        int partition = Utils.toPositive(Utils.murmur2(id)) % partitions;
        long offset = offsets.merge((long) topic.ordinal() * partitions + partition, 1L, Long::sum) - 1;
        now = now.plusMillis(STEP_MS);
        Set<RowKey> rowsRead = new LinkedHashSet<>();
        InMemoryOffers.AppliedEntry applied = offers.take(input, now, rowsRead::add);
        List<StoreChange> writes = writes(id, applied.before(), applied.after());
        List<FootprintRecord> sent = new ArrayList<>();
        if (footprints) {
            SourceRecord origin = SourceRecord.received(topic.topicName(), partition, offset, now, Optional.of(id),
                    Optional.of(value), List.of(), 1);
            outbox.encode(new Transition(Optional.of(origin), applied.before(), applied.entry(), applied.after()),
                    new OutputKey(partition, Optional.of(id))).forEach(output -> sent.add(
                            new FootprintRecord(output.topic(), id(output.record().key()),
                                    Optional.ofNullable(output.record().value()), output.record().headers())));
        }
        List<StoreLookup> reads = new ArrayList<>(List.of(new StoreLookup(store(OfferTopology.OFFERS), id)));
        rowsRead.forEach(row -> reads.add(new StoreLookup(store(OfferTopology.CONTENTS), StateCodec.key(id, row))));
        if (footprints) {
            recordPolicy(partition, reads, writes);
        }
        offers.store(applied);
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(applied.entry().decision());
        return new ModelledCommand(answer.result().map(EnumMappings::toAvro).orElseThrow(), answer.reason(), partition,
                new Footprint(reads, writes, sent));
    }

    private static byte[] id(OutputKey key) {
        return key.bytes().orElseThrow();
    }

    private List<StoreChange> writes(byte[] id, OfferState before, OfferState after) {
        List<StoreChange> writes = new ArrayList<>();
        if (after.header().sequence() != before.header().sequence()) {
            writes.add(new StoreChange(store(OfferTopology.OFFERS), id, Optional.of(codec.encode(after.header()))));
        }
        after.rows().changes().forEach((key, row) -> writes.add(new StoreChange(store(OfferTopology.CONTENTS),
                StateCodec.key(id, key), row.map(codec::encode))));
        OfferEngine.nextDue(after.header()).filter(at -> !Optional.of(at).equals(OfferEngine.nextDue(before.header())))
                .flatMap(at -> OfferTopology.timer(after.key(), after.header()))
                .ifPresent(timer -> writes.add(new StoreChange(store(OfferTopology.TIMERS), timer.getKey(),
                        Optional.of(timer.getValue()))));
        return writes;
    }

    private void recordPolicy(int partition, List<StoreLookup> reads, List<StoreChange> writes) {
        if (!policyKnown[partition]) {
            policyKnown[partition] = true;
            reads.add(new StoreLookup(store(OfferTopology.CONTENTS), StateCodec.POLICY));
            writes.add(new StoreChange(store(OfferTopology.CONTENTS), StateCodec.POLICY,
                    Optional.of(codec.encodePolicy(Policy.DEFAULT.id()))));
        }
    }

    private static int store(String name) {
        return OfferTopology.stores().indexOf(name);
    }
}
