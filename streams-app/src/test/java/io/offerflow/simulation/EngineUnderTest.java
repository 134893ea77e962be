package io.offerflow.simulation;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;

/**
 * One offer in the service, in memory: engine, journal, stored bytes and output topics, with the code of the service
 * itself. State survives only in its stored bytes.
 */
final class EngineUnderTest {

    private static final JournalMapping JOURNAL = new JournalMapping(new JournalMapping.DecidedBy("simulation", "p"));
    private static final List<Projection> OUTPUTS = Projection.all(Locale.ENGLISH);

    /** Reading the released schemas takes long, and a codec belongs to one thread. */
    private static final ThreadLocal<StateCodec> CODEC = ThreadLocal.withInitial(StateCodec::new);

    /** An entry of the journal, and the command envelope of its input. */
    private record RecordedEntry(JournalEntry entry, Optional<CommandEnvelope> envelope) {
    }

    private final OfferKey key;
    private final Supplier<Rules> start;
    private final List<RecordedEntry> journal = new ArrayList<>();
    private Rules rules;
    private OfferHeader header = OfferHeader.NONE;
    private Map<RowKey, StateRow> rows = new HashMap<>();
    private final Map<String, IndexedRecord> tables = new HashMap<>();
    private final List<IndexedRecord> sent = new ArrayList<>();
    private Optional<String> broken = Optional.empty();
    private boolean happened;
    private OfferHeader folded = OfferHeader.NONE;
    private final Map<RowKey, StateRow> foldedRows = new HashMap<>();
    private int audited;

    EngineUnderTest(OfferKey key, Supplier<Rules> start) {
        this.key = key;
        this.start = start;
        this.rules = start.get();
    }

    /** An input arrives; the service may crash while it processes it, and read it again. */
    void take(CommandEnvelope envelope, Instant appendedAt, int crashAfter) {
        SourceRecord origin = SourceRecord.received("offer-commands", 0, journal.size(), appendedAt, Optional.empty(),
                Optional.of(new byte[0]), List.of());
        Entry made = rules.take(state(), envelope, appendedAt);
        if (crashAfter > 0) {
            crash(made, crashAfter);
            Entry again = rules.take(state(), envelope, appendedAt);
            broken = broken.or(() -> again.equals(made) ? Optional.empty()
                    : Optional.of("after a crash the entry is %s, before it was %s".formatted(again, made)));
        }
        commit(made, Optional.of(origin), Optional.of(envelope));
    }

    /** Time passes. */
    void advance(Instant until) {
        sent.clear();
        happened = false;
        rules.advance(state(), until).ifPresent(made -> commit(made, Optional.empty(), Optional.empty()));
    }

    /** The entry for a customer's request now; nothing changes. */
    Entry dryRun(CommandEnvelope envelope) {
        return rules.take(state(), envelope, header.clock());
    }

    OfferState state() {
        return state(header, rows);
    }

    /** Whether anything happened in the last step. */
    boolean happened() {
        return happened;
    }

    /** The newest row of a compacted topic, by the part of its key after the offer. */
    <R extends IndexedRecord> Optional<R> row(Topic topic, Class<R> type, String part) {
        return Optional.ofNullable(tables.get(topic + " " + part)).map(type::cast);
    }

    /** The rows of a compacted topic below a part of the key. */
    <R extends IndexedRecord> List<R> rows(Topic topic, Class<R> type, String below) {
        return tables.entrySet().stream().filter(row -> row.getKey().startsWith(topic + " " + below))
                .map(row -> type.cast(row.getValue())).toList();
    }

    /** The records of the last step on topics that are not compacted. */
    <R extends IndexedRecord> List<R> sent(Class<R> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A fault that the service shows without the model, if any. */
    Optional<String> broken() {
        return broken;
    }

    /** Compares the stored state with the fold of the journal, which goes on from where it was compared last. */
    void audit() {
        for (RecordedEntry recorded : journal.subList(audited, journal.size())) {
            Entry read = JournalMapping.fromAvro(recorded.entry(), input -> recorded.envelope().orElseThrow())
                    .orElseThrow();
            OfferState after = rules.apply(state(folded, foldedRows), read);
            after.rows().changes().forEach((row, value) -> value.ifPresentOrElse(
                    written -> foldedRows.put(row, written), () -> foldedRows.remove(row)));
            folded = after.header();
        }
        audited = journal.size();
        if (!folded.equals(header) || !foldedRows.equals(rows)) {
            String what = "the fold of the journal is %s %s, but what is stored is %s %s".formatted(folded, foldedRows,
                    header, rows);
            broken = broken.or(() -> Optional.of(what));
        }
    }

    /** Effects that were never committed are lost; the restarted service has the journal and the stored bytes. */
    private void crash(Entry made, int effects) {
        OfferState after = rules.apply(state(), made);
        Map<RowKey, StateRow> lost = new HashMap<>(rows);
        after.rows().changes().entrySet().stream().limit(effects).forEach(change -> change.getValue()
                .ifPresentOrElse(row -> lost.put(change.getKey(), row), () -> lost.remove(change.getKey())));
        rules = start.get();
        audit();
    }

    private void commit(Entry made, Optional<SourceRecord> origin, Optional<CommandEnvelope> envelope) {
        OfferState before = state();
        OfferState after = rules.apply(before, made);
        happened = !made.dueEvents().isEmpty() || !made.decision().events().isEmpty();
        sent.clear();
        Transition transition = new Transition(origin, before, made, after);
        for (Projection output : OUTPUTS) {
            for (Projection.OutputRow projected : rules.records(output, transition)) {
                publish(output.topic(), projected);
            }
        }
        if (!happened && !tablesSettled(before, after)) {
            broken = broken.or(() -> Optional.of("a refusal changed the offer from %s to %s".formatted(before.header(),
                    after.header())));
        }
        journal.add(new RecordedEntry(JOURNAL.toAvro(journal.size() + 1, made, origin), envelope));
        store(after);
    }

    /** A refusal changes only the recent commands. */
    private static boolean tablesSettled(OfferState before, OfferState after) {
        return before.header().revision() == after.header().revision()
                && before.header().run().equals(after.header().run())
                && before.header().live().equals(after.header().live())
                && before.header().stop().equals(after.header().stop())
                && before.header().sections().equals(after.header().sections())
                && after.rows().changes().keySet().stream().allMatch(row -> row instanceof RowKey.CustomerKey
                        || row instanceof RowKey.AudienceMemberKey // imports are dropped, B34
                        || row instanceof RowKey.AudienceIndexKey);
    }

    private void publish(Topic topic, Projection.OutputRow projected) {
        switch (topic) {
            case COMMAND_OUTCOMES, STEP_REQUESTS, NOTIFICATIONS -> sent.add(projected.value().orElseThrow());
            default -> {
                String row = topic + " " + projected.part().orElse("");
                projected.value().ifPresentOrElse(value -> tables.put(row, value), () -> tables.remove(row));
            }
        }
    }

    /** What is stored is what can be read from its bytes. */
    private void store(OfferState after) {
        StateCodec codec = CODEC.get();
        header = codec.decodeHeader(codec.encode(after.header()));
        after.rows().changes().forEach((row, value) -> value.ifPresentOrElse(
                written -> rows.put(row, codec.decodeRow(row, codec.encode(written))), () -> rows.remove(row)));
    }

    private OfferState state(OfferHeader known, Map<RowKey, StateRow> stored) {
        return new OfferState(key, known, StateRows.of(stored));
    }
}
