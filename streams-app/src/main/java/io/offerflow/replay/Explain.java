package io.offerflow.replay;

import io.offerflow.codec.Origin;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.Command;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.StatusRows;
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
    public record Step(int partition, long offset, long sequence, Instant at, Optional<String> actor,
            Optional<String> asked, Optional<String> source, String build, String policy,
            Difference.Verdict decided, Map<String, Change> changes, List<String> records) {
    }

    /** A value before and after. */
    public record Change(String before, String after) {
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
    public record Standing(long sequence, Optional<Instant> clock, Map<String, String> facets, List<String> due,
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
    public void steps(OfferKey offer, Optional<Instant> from, Optional<Instant> to, Consumer<Step> taker) {
        fold(offer, new Until.Latest(), (record, line, before, after) -> {
            Instant at = line.entry().now();
            if (from.filter(at::isBefore).isEmpty() && to.filter(at::isAfter).isEmpty()) {
                taker.accept(step(record, line, before, after));
            }
        }, fold -> true);
    }

    /** How the offer stood; empty if the journal has nothing of it up to there. */
    public Optional<Standing> standing(OfferKey offer, Until until) {
        boolean[] met = {false};
        return fold(offer, until, (record, line, before, after) -> met[0] = true,
                fold -> met[0] ? Optional.of(standing(fold.state(offer), until)) : Optional.empty());
    }

    private static Standing standing(OfferState state, Until until) {
        List<String> due = new ArrayList<>();
        OfferState advanced = state;
        if (until instanceof Until.At at) {
            var passed = new OfferEngine(Policy.DEFAULT).advance(state, at.instant()); // due times are facts, no rules
            passed.ifPresent(entry -> entry.due().forEach(fallen ->
                    due.add(Texts.format("%s, due at %s", Words.of(fallen.event()), fallen.at()))));
            advanced = passed.map(entry -> Evolution.apply(state, entry)).orElse(state);
        }
        return new Standing(state.facts().sequence(), Optional.of(state.facts().clock())
                .filter(clock -> state.facts().sequence() > 0), Facets.of(advanced), due, Optional.of(advanced).filter(offer -> offer.facts().exists())
                        .map(StatusRows::row));
    }

    private <R> R fold(OfferKey offer, Until until, PartitionFold.Onlooker onlooker, Function<PartitionFold, R> then) {
        byte[] key = StateCodec.key(offer);
        Partitions partitions = new Partitions(journal, options);
        List<Stretch> all = partitions.stretches(new Until.Latest());
        int partition = Utils.toPositive(Utils.murmur2(key)) % all.size();
        Stretch stretch = all.stream().filter(one -> one.partition() == partition).findFirst().orElseThrow();
        options.progress().expect(stretch.length());
        try (PartitionFold fold = new PartitionFold(registry, until,
                options.temporary().resolve("partition-" + partition), options.memory())) {
            partitions.read(stretch, record -> !PartitionFold.concerns(record, key) || fold.addOnly(record, onlooker));
            return then.apply(fold);
        }
    }

    private Step step(JournalRecord record, Line.OfOffer line, OfferState before, OfferState after) {
        Optional<Origin> origin = Optional.ofNullable(line.written().getInput())
                .map(input -> Origin.of(input, record.key()));
        Moment moment = new Moment(origin, before, line.entry(), after);
        List<String> records = new ArrayList<>();
        Projection.all(Locale.ENGLISH).forEach(projection -> projection.values().apply(moment).forEach(made ->
                records.add(projection.topic().topicName() + made.part().map(part -> " " + part).orElse("")
                        + (made.value().isEmpty() ? " (tombstone)" : ""))));
        return new Step(record.partition(), record.offset(), line.entry().sequence(), line.entry().now(),
                line.entry().ask().map(ask -> ask.actor()), line.entry().ask().map(ask -> asked(ask.command())
                        + (ask.validateOnly() ? " (only to see what would be decided)" : "")),
                origin.map(Origin::toString), line.written().getBuild(), line.written().getPolicy(),
                Words.verdict(Optional.of(line.entry())), changes(Facets.of(before), Facets.of(after)), records);
    }

    private static String asked(Command command) {
        List<String> said = Words.said((Record) command);
        return command.name() + (said.isEmpty() ? "" : ": " + String.join(", ", said));
    }

    private static Map<String, Change> changes(Map<String, String> before, Map<String, String> after) {
        Map<String, Change> changes = new LinkedHashMap<>();
        after.forEach((name, value) -> {
            String old = before.getOrDefault(name, "none");
            if (!old.equals(value)) {
                changes.put(name, new Change(old, value));
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name ->
                changes.put(name, new Change(before.get(name), "none")));
        return changes;
    }
}
