package io.offerflow.replay.explain;

import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
import io.offerflow.replay.journal.Snapshots;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.text.EventText;
import io.offerflow.topology.outputs.OfferStatusProjection;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.utils.Utils;

/** Explains one offer: its entries as text, or its state at an instant or entry. */
public final class Explain {

    /**
     * An entry as text.
     *
     * @param changes properties of the {@link OfferSummary} that changed, by name
     * @param records output records: the topic and, for a part of the offer, its name
     */
    public record ExplainedEntry(ExplainedPosition position, ExplainedInput input, JournalMapping.DecidedBy by,
            Difference.Ruling decided, Map<String, ExplainedChange> changes, List<String> records) {
    }

    /** Where an entry is in the journal and in the history of its offer, and the clock of the offer then. */
    public record ExplainedPosition(int partition, long offset, long sequence, Instant at) {
    }

    /**
     * The input of an entry; without values if only time passed.
     *
     * @param command the command with its arguments
     * @param source topic, partition and offset
     */
    public record ExplainedInput(Optional<String> actor, Optional<String> command, Optional<String> source) {
    }

    /** A property before and after an entry. */
    public record ExplainedChange(String before, String after) {
    }

    /**
     * An offer at an instant or entry.
     *
     * @param sequence of the last entry of the offer
     * @param summary the {@link OfferSummary}, with the due events applied
     * @param due events that were due by then but not yet journalled
     * @param row its row on offer-status; empty if the offer did not exist
     */
    public record OfferAtPoint(long sequence, Optional<Instant> clock, Map<String, String> summary, List<String> due,
            Optional<IndexedRecord> row) {
    }

    private final Journal journal;
    private final SchemaRegistry registry;
    private final ReplayOptions options;

    public Explain(Journal journal, SchemaRegistry registry, ReplayOptions options) {
        this.journal = journal;
        this.registry = registry;
        this.options = options;
    }

    /** Passes the offer's entries between two instants to the handler, oldest first. */
    public void entries(OfferKey offer, Optional<Instant> from, Optional<Instant> to,
            Consumer<ExplainedEntry> handler) {
        fold(offer, new ReplayBound.Latest(), Snapshots.NONE, (record, decoded, before, after) -> {
            Instant at = decoded.entry().clock();
            if (from.filter(at::isBefore).isEmpty() && to.filter(at::isAfter).isEmpty()) {
                handler.accept(explained(record, decoded, before, after));
            }
        }, fold -> true);
    }

    /** The offer at the bound; empty if no entry up to there has changed it. */
    public Optional<OfferAtPoint> offerAt(OfferKey offer, ReplayBound bound) {
        return fold(offer, bound, options.snapshots(), (record, entry, before, after) -> { },
                fold -> Optional.of(fold.state(offer)).filter(state -> state.header().sequence() > 0)
                        .map(state -> offerAt(state, bound)));
    }

    private static OfferAtPoint offerAt(OfferState state, ReplayBound bound) {
        List<String> due = new ArrayList<>();
        OfferState advanced = state;
        if (bound instanceof ReplayBound.AtInstant at) {
            // any policy will do: due times are part of the state
            Optional<Entry> passed = new OfferEngine(Policy.DEFAULT).advance(state, at.instant());
            passed.ifPresent(entry -> entry.dueEvents().forEach(event ->
                    due.add(RootLocaleText.format("%s, due at %s", EventText.of(event.event()), event.at()))));
            advanced = passed.map(entry -> OfferEvolver.apply(state, entry)).orElse(state);
        }
        OfferHeader header = state.header();
        return new OfferAtPoint(header.sequence(), Optional.of(header.clock()).filter(clock -> header.sequence() > 0),
                OfferSummary.of(advanced), due, Optional.of(advanced).filter(offer -> offer.header().exists())
                        .map(OfferStatusProjection::row));
    }

    private <R> R fold(OfferKey offer, ReplayBound bound, Snapshots snapshots, PartitionFold.EntryListener listener,
            Function<PartitionFold, R> result) {
        byte[] key = StateCodec.key(offer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options.with(snapshots));
        List<OffsetRange> all = journal.ranges();
        int partition = Utils.toPositive(Utils.murmur2(key)) % all.size();
        ReplayRange range = partitions.begin(bound, all.stream()
                .filter(candidate -> candidate.partition() == partition).toList()).getFirst();
        options.progress().expect(range.offsets().length());
        try (PartitionFold fold = new PartitionFold(registry, bound, range.snapshot(),
                options.temporary().resolve("partition-" + partition), options.memory())) {
            partitions.read(range, record -> !PartitionFold.concerns(record, key) || fold.addOnly(record, listener));
            return result.apply(fold);
        }
    }

    private static ExplainedEntry explained(JournalRecord record, DecodedEntry.OfferEntry decoded, OfferState before,
            OfferState after) {
        Entry entry = decoded.entry();
        Optional<SourceRecord> source = Optional.ofNullable(decoded.avro().getInput())
                .map(input -> SourceRecord.of(input, record.key()));
        Transition transition = new Transition(source, before, entry, after);
        List<String> records = new ArrayList<>();
        Projection.all(Locale.ENGLISH).forEach(projection -> projection.values().apply(transition).forEach(output ->
                records.add(projection.topic().topicName() + output.part().map(part -> " " + part).orElse("")
                        + (output.value().isEmpty() ? " (tombstone)" : ""))));
        return new ExplainedEntry(
                new ExplainedPosition(record.partition(), record.offset(), entry.sequence(), entry.clock()),
                new ExplainedInput(entry.envelope().map(CommandEnvelope::actor), entry.envelope().map(Explain::text),
                        source.map(SourceRecord::toString)),
                new JournalMapping.DecidedBy(decoded.avro().getBuild(), decoded.avro().getPolicy()),
                EventText.ruling(Optional.of(entry)), changes(OfferSummary.of(before), OfferSummary.of(after)),
                records);
    }

    private static String text(CommandEnvelope envelope) {
        List<String> components = EventText.components((Record) envelope.command());
        return envelope.command().name() + (components.isEmpty() ? "" : ": " + String.join(", ", components))
                + (envelope.validateOnly() ? " (validate only)" : "");
    }

    private static Map<String, ExplainedChange> changes(Map<String, String> before, Map<String, String> after) {
        Map<String, ExplainedChange> changes = new LinkedHashMap<>();
        after.forEach((name, value) -> {
            String old = before.getOrDefault(name, "none");
            if (!old.equals(value)) {
                changes.put(name, new ExplainedChange(old, value));
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name ->
                changes.put(name, new ExplainedChange(before.get(name), "none")));
        return changes;
    }
}
