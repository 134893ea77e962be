package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Envelopes;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.InputPosition;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.MissingInputs;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Where a task begins, and what it does with inputs that are missing or come again. */
class PositionTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shifts");
    private static final InputPosition BEGINNING = new InputPosition("offer-commands", "id", 0L, null);

    @Test
    void aPositionIsJournalledBeforeThePolicyAndStored() {
        try (TopologyHarness bench = start(0, List.of(BEGINNING), Set.of())) {
            bench.send(Envelopes.create(OFFER), START);
            List<JournalEntry> entries = journal(bench);
            assertThat(entries).extracting(JournalEntry::getKind).containsExactly(EntryKind.POSITION, EntryKind.POLICY,
                    EntryKind.INPUT);
            assertThat(entries).extracting(JournalEntry::getNumber).containsExactly(8L, 9L, 10L);
            assertThat(entries.getFirst().getPositions()).containsExactly(BEGINNING);
            assertThat(entries.getFirst().getNow()).isEqualTo(START);

            StoredPosition folded = entries.stream().reduce(StoredPosition.NONE, StoredPosition::after,
                    (one, other) -> other);
            assertThat(TaskPosition.decode(bench.store(TopologyNames.POSITIONS).get(TaskPosition.KEY)))
                    .isEqualTo(folded.position()).isEqualTo(new TaskPosition(10, Map.of(Topic.OFFER_COMMANDS, 1L)));
            assertThat(TopicIds.decode(bench.store(TopologyNames.POSITIONS).get(TopicIds.KEY)))
                    .isEqualTo(folded.topics());
        }
    }

    @Test
    void anInputThatWasTakenBeforeIsNotTakenAgain() {
        try (TopologyHarness bench = start(2, List.of(), Set.of(Topic.OFFER_COMMANDS))) {
            for (int offset = 0; offset < 3; offset++) {
                bench.send(Envelopes.create(OFFER), START);
            }
            assertThat(journal(bench)).extracting(JournalEntry::getKind).containsExactly(EntryKind.POLICY,
                    EntryKind.INPUT);
        }
    }

    @Test
    void offsetsThatRunBackStopTheTask() {
        try (TopologyHarness bench = start(2, List.of(), Set.of())) {
            assertThatThrownBy(() -> bench.send(Envelopes.create(OFFER), START)).isInstanceOf(StreamsException.class)
                    .hasStackTraceContaining("offer-commands was taken up to offset 1, but its next record has offset "
                            + "0; the task starts again");
        }
    }

    @Test
    void inputsThatAreDeletedWhileTheTaskReadsAreJournalled() {
        try (TopologyHarness bench = start(-3, List.of(), Set.of())) {
            bench.send(Envelopes.create(OFFER), START);
            bench.pass(Duration.ofSeconds(1));
            bench.pass(Duration.ofSeconds(1));
            assertThat(journal(bench).getLast().getPositions()).containsExactly(new InputPosition("offer-commands",
                    "id", 1L, new MissingInputs(MissingCause.DELETED, -3L, 0L)));
        }
    }

    /** The task has written seven entries, and goes on at an offset; the broker still has the inputs from 0 on. */
    private static TopologyHarness start(long next, List<InputPosition> changes, Set<Topic> repeated) {
        return TopologyHarness.start(UnaryOperator.identity(), new StartCheck() {
            @Override
            public StartPoint check(int partition, StoredPosition stored) {
                return new StartPoint(new TaskPosition(7, Map.of(Topic.OFFER_COMMANDS, next)),
                        TopicIds.NONE.with(Map.of("offer-commands", "id")), changes, repeated);
            }

            @Override
            public CompletableFuture<Map<Topic, Long>> firstOffsets(int partition, Set<Topic> inputs) {
                return CompletableFuture.completedFuture(Map.of(Topic.OFFER_COMMANDS, 0L));
            }
        });
    }

    private static List<JournalEntry> journal(TopologyHarness bench) {
        List<JournalEntry> entries = new ArrayList<>();
        while (bench.has(Topic.OFFER_JOURNAL)) {
            entries.add((JournalEntry) bench.decode(Topic.OFFER_JOURNAL, bench.raw(Topic.OFFER_JOURNAL).value()));
        }
        return entries;
    }
}
