package io.offerflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Envelopes;
import io.offerflow.JournalFold;
import io.offerflow.RandomInputs;
import io.offerflow.avro.DueEvent;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.state.StoredOffer;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.CustomerRow;
import io.offerflow.domain.state.row.EndedEpochRow;
import io.offerflow.domain.state.row.EntitlementStamp;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSalesRow;
import io.offerflow.domain.state.row.RecentCommands;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a random history brings about comes back from its bytes as it was: entries, facts, rows. */
class RoundTripTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "a");
    private static final int STEPS = 3_000;
    private static final Set<String> MET = new TreeSet<>();

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, List.of(Topic.values()));
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final StoredFormat<StoredOffer> avro = new StoredFormat<>("offer", 1, StoredOffer.getClassSchema());
    private final JournalMapping journal = new JournalMapping(new JournalMapping.DecidedBy("test-build", "policy"));
    private final Map<RowKey, StateRow> rows = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void entriesFactsAndRowsComeBackFromTheirBytes(long seed) {
        Random random = new Random(seed);
        RandomInputs inputs = new RandomInputs(random);
        OfferEngine engine = new OfferEngine(Policy.DEFAULT);
        OfferHeader facts = OfferHeader.NONE;
        Instant now = Instant.parse("2026-03-02T09:00:00Z");
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(60) == 0 ? 18_000_000 : random.nextInt(60_000));
            OfferState before = new OfferState(OFFER, facts, StateRows.of(rows));
            Optional<Entry> passed = random.nextInt(20) == 0 ? engine.advance(before, now) : Optional.empty();
            Instant appended = now;
            facts = passed.map(entry -> after(before, entry, Optional.empty()))
                    .orElseGet(() -> taken(engine, before, inputs.next(OFFER, before.header()), appended));
        }
    }

    /** Random publishers hardly ever sell through the marketplace long enough for these. */
    @Test
    void whatHappensToPlansOnSaleComesBackFromItsBytes() {
        IndexedRecord envelope = Envelopes.succeeded(OFFER, 1, PublishStep.FINAL_PUBLISH.name());
        SourceRecord origin = SourceRecord.received(Topic.STEP_RESULTS.topicName(), 0, 7, Instant.EPOCH,
                Optional.of(StateCodec.key(OFFER)), Optional.of(encoder.encode(Topic.STEP_RESULTS, envelope)),
                List.of());
        Entry entry = new Entry(1, Instant.EPOCH, Optional.of(mapping.fromAvro(envelope).envelope()),
                List.of(new Entry.DueEvent(Instant.EPOCH, Rule.P10, new Event.PlanSellingStopped("basic")),
                        new Entry.DueEvent(Instant.EPOCH, Rule.A9, new Event.AudienceSynced(List.of("plus"), 6)),
                        new Entry.DueEvent(Instant.EPOCH, Rule.A11, new Event.AudienceSyncFailed(List.of("old")))),
                Decision.serve(Rule.O19, 3, new Event.PlanAssessed("basic", List.of(new Problem(SectionId.PLAN_OVERVIEW,
                        "basic.terms", "has to be given", "nothing"))),
                        new Event.PlanDeleted("old", 9, List.of()),
                        new Event.PlanSellingStopRequested("basic", Instant.EPOCH.plusSeconds(9)),
                        new Event.PlanSellingResumed("basic"), new Event.PlanAcquired("customer", "basic"),
                        new Event.PriceChangeScheduled("basic", Instant.EPOCH.plusSeconds(9), List.of(new Value.Struct(
                                Map.of("term", new Value.Text("MONTHLY"), "price", new Value.Text("49.00"))))),
                        new Event.PriceChangeDropped("plus"), new Event.AudienceSynced(List.of("basic", "plus"), 7),
                        new Event.AudienceSyncRequested(List.of("basic"), 8, Instant.EPOCH.plusSeconds(9)),
                        new Event.RemovalMoved(1, RemovalState.COMPLETED)));
        after(new OfferState(OFFER, OfferHeader.NONE, StateRows.of(Map.of())), entry, Optional.of(origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "O99"})
    void anEntryThatNamesNoRuleOrAnUnknownOneIsReadWithoutRules(String rule) {
        Entry entry = new Entry(1, Instant.EPOCH, Optional.empty(),
                List.of(new Entry.DueEvent(Instant.EPOCH, Rule.O26, new Event.SellingStopped())),
                Decision.reject(Rule.V34, Reason.INTERNAL_ERROR, "Expected nothing."));
        JournalEntry line = journal.toAvro(1, entry, Optional.empty());
        assertThat(entry.rules()).containsExactly(Rule.O26, Rule.V34);

        DueEvent due = DueEvent.newBuilder(line.getDue().getFirst()).setRule(rule).build();
        JournalEntry other = JournalEntry.newBuilder(line).setRule(rule).setDue(List.of(due)).build();
        Entry read = JournalMapping.fromAvro(other, input -> {
            throw new AssertionError("it has no input");
        }).orElseThrow();
        assertThat(read.rules()).isEmpty();
        assertThat(read.dueEvents()).extracting(Entry.DueEvent::event).containsExactly(new Event.SellingStopped());
    }

    @Test
    void whatIsKeptOfSalesComesBackFromItsBytes() {
        PlanSale stopped = new PlanSale(2, Optional.of(7L), true, true);
        Map<RowKey, StateRow> kept = Map.of(
                new RowKey.PlanSalesKey(), new PlanSalesRow(new TreeMap<>(Map.of("basic", stopped, "gold",
                        new PlanSale(1, Optional.empty(), false, false)))),
                new RowKey.EndedEpochKey(Optional.of("basic"), 2), new EndedEpochRow(5),
                new RowKey.CustomerKey("basic", "customer"), new CustomerRow(Optional.of(
                        new EntitlementStamp(1, 2, 3, Instant.EPOCH.plusSeconds(9))), RecentCommands.EMPTY));
        kept.forEach((key, row) -> assertThat(codec.decodeRow(key, codec.encode(row))).isEqualTo(row));
        assertThat(kept.keySet().stream().map(key -> JournalFold.hex(StateCodec.key(new byte[] {1}, key))))
                .doesNotHaveDuplicates();
    }

    @AfterAll
    static void everyKindOfEventWasAmongThem() {
        assertThat(MET).containsAll(Arrays.stream(Event.class.getPermittedSubclasses()).map(Class::getSimpleName)
                .collect(Collectors.toSet()));
    }

    private OfferHeader taken(OfferEngine engine, OfferState before, IndexedRecord envelope, Instant appended) {
        Topic topic = Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        SourceRecord origin = SourceRecord.received(topic.topicName(), 0, before.header().sequence(), appended,
                Optional.of(StateCodec.key(OFFER)), Optional.of(encoder.encode(topic, envelope)), List.of());
        return after(before, engine.decide(before, mapping.fromAvro(envelope).envelope(), appended),
                Optional.of(origin));
    }

    private OfferHeader after(OfferState before, Entry entry, Optional<SourceRecord> origin) {
        byte[] line = encoder.encode(Topic.OFFER_JOURNAL, journal.toAvro(1, entry, origin));
        JournalEntry read = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, line);
        assertThat(JournalMapping.fromAvro(read, input -> JournalMapping.envelope(input, mapping, decoder::decode)))
                .contains(entry);

        OfferState after = OfferEvolver.apply(before, entry);
        byte[] facts = codec.encode(after.header());
        assertThat(codec.decodeHeader(facts)).isEqualTo(after.header());
        assertThat(avro.encode(avro.decode(facts))).as("what Avro itself makes of these facts").isEqualTo(facts);
        after.rows().changes().forEach((key, row) -> {
            row.ifPresent(written -> assertThat(codec.decodeRow(key, codec.encode(written))).isEqualTo(written));
            row.ifPresentOrElse(written -> rows.put(key, written), () -> rows.remove(key));
        });
        Stream.concat(entry.dueEvents().stream().map(Entry.DueEvent::event), entry.decision().events().stream())
                .forEach(event -> MET.add(event.getClass().getSimpleName()));
        return after.header();
    }
}
