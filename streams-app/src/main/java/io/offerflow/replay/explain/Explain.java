package io.offerflow.replay.explain;

import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.text.EventText;
import io.offerflow.replay.text.OfferSummary;
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

/** Tells one offer's history: each entry in words, or how it stood at an instant or entry. */
public final class Explain {

    /**
     * An entry in words.
     *
     * @param actor who asked; nothing when time passed
     * @param asked what was asked, with its arguments
     * @param changes what changed, before and after, by name
     * @param records what went out: topic and, for a part of the offer, which one
     */
    public record ExplainedEntry(int partition, long offset, long sequence, Instant at, Optional<String> actor,
            Optional<String> asked, Optional<String> source, String build, String policy,
            Difference.Ruling decided, Map<String, ExplainedChange> changes, List<String> records) {
    }

    /** A value before and after. */
    public record ExplainedChange(String before, String after) {
    }

    /**
     * How an offer stood.
     *
     * @param sequence of the last entry that touched it
     * @param facets in words, by name
     * @param due what had fallen due by then, though the service had not noticed it yet; the facets say how it stood
     *     when that is taken into account
     * @param row its row of offer-status; nothing if it did not exist
     */
    public record OfferAtPoint(long sequence, Optional<Instant> clock, Map<String, String> facets, List<String> due,
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

    /** Hands over the offer's entries between two instants, oldest first. */
    public void steps(OfferKey offer, Optional<Instant> from, Optional<Instant> to, Consumer<ExplainedEntry> taker) {
        fold(offer, new ReplayBound.Latest(), (record, line, before, after) -> {
            Instant at = line.entry().clock();
            if (from.filter(at::isBefore).isEmpty() && to.filter(at::isAfter).isEmpty()) {
                taker.accept(step(record, line, before, after));
            }
        }, fold -> true);
    }

    /** How the offer stood; empty if the journal has nothing of it up to there. */
    public Optional<OfferAtPoint> standing(OfferKey offer, ReplayBound until) {
        boolean[] met = {false};
        return fold(offer, until, (record, line, before, after) -> met[0] = true,
                fold -> met[0] ? Optional.of(standing(fold.state(offer), until)) : Optional.empty());
    }

    private static OfferAtPoint standing(OfferState state, ReplayBound until) {
        List<String> due = new ArrayList<>();
        OfferState advanced = state;
        if (until instanceof ReplayBound.AtInstant at) {
            var passed = new OfferEngine(Policy.DEFAULT).advance(state, at.instant()); // due times are facts, no rules
            passed.ifPresent(entry -> entry.dueEvents().forEach(fallen ->
                    due.add(RootLocaleText.format("%s, due at %s", EventText.of(fallen.event()), fallen.at()))));
            advanced = passed.map(entry -> OfferEvolver.apply(state, entry)).orElse(state);
        }
        return new OfferAtPoint(state.header().sequence(), Optional.of(state.header().clock())
                .filter(clock -> state.header().sequence() > 0), OfferSummary.of(advanced), due, Optional.of(advanced).filter(offer -> offer.header().exists())
                        .map(OfferStatusProjection::row));
    }

    private <R> R fold(OfferKey offer, ReplayBound until, PartitionFold.EntryListener onlooker, Function<PartitionFold, R> then) {
        byte[] key = StateCodec.key(offer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<OffsetRange> all = partitions.stretches(new ReplayBound.Latest());
        int partition = Utils.toPositive(Utils.murmur2(key)) % all.size();
        OffsetRange stretch = all.stream().filter(one -> one.partition() == partition).findFirst().orElseThrow();
        options.progress().expect(stretch.length());
        try (PartitionFold fold = new PartitionFold(registry, until,
                options.temporary().resolve("partition-" + partition), options.memory())) {
            partitions.read(stretch, record -> !PartitionFold.concerns(record, key) || fold.addOnly(record, onlooker));
            return then.apply(fold);
        }
    }

    private ExplainedEntry step(JournalRecord record, DecodedEntry.OfferEntry line, OfferState before, OfferState after) {
        Optional<SourceRecord> origin = Optional.ofNullable(line.written().getInput())
                .map(input -> SourceRecord.of(input, record.key()));
        Transition moment = new Transition(origin, before, line.entry(), after);
        List<String> records = new ArrayList<>();
        Projection.all(Locale.ENGLISH).forEach(projection -> projection.values().apply(moment).forEach(made ->
                records.add(projection.topic().topicName() + made.part().map(part -> " " + part).orElse("")
                        + (made.value().isEmpty() ? " (tombstone)" : ""))));
        return new ExplainedEntry(record.partition(), record.offset(), line.entry().sequence(), line.entry().clock(),
                line.entry().envelope().map(ask -> ask.actor()), line.entry().envelope().map(ask -> asked(ask.command())
                        + (ask.validateOnly() ? " (only to see what would be decided)" : "")),
                origin.map(SourceRecord::toString), line.written().getBuild(), line.written().getPolicy(),
                EventText.verdict(Optional.of(line.entry())), changes(OfferSummary.of(before), OfferSummary.of(after)), records);
    }

    private static String asked(Command command) {
        List<String> said = EventText.said((Record) command);
        return command.name() + (said.isEmpty() ? "" : ": " + String.join(", ", said));
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
