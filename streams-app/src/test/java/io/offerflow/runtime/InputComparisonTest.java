package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.InputPosition;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.MissingInputs;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.runtime.TaskTopics.InputState;
import io.offerflow.runtime.TaskTopics.JournalEnd;
import io.offerflow.topology.StartCheck.StartPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The task has taken {@code offer-commands} up to offset 9, and goes on at 10. */
class InputComparisonTest {

    private static final String TOPIC = "offer-commands";
    private static final long NEXT = 10;

    private final List<String> searched = new ArrayList<>();
    private boolean thereAreRecords = true;

    @Test
    void aTaskGoesOnAtItsNextOffset() {
        isNothing(compare(new InputState("id", 0, 15, OptionalLong.of(10))));
        isNothing(compare(new InputState("id", 5, 10, OptionalLong.of(10))));
        assertThat(searched).isEmpty();
    }

    @Test
    void offsetsThatOnlyTransactionMarkersHaveAreNotMissing() {
        thereAreRecords = false;
        isNothing(compare(new InputState("id", 0, 15, OptionalLong.of(12))));
        assertThat(searched).containsExactly("10 to 12");
        isNothing(compare(new InputState("id", 12, 12, OptionalLong.of(12))));
    }

    @Test
    void inputsThatWereDeletedUnreadAreMissing() {
        isMissing(compare(new InputState("id", 13, 20, OptionalLong.of(10))), 13, MissingCause.DELETED, 10, 13L);
        isMissing(compare(new InputState("id", 13, 20, OptionalLong.empty())), 13, MissingCause.DELETED, 10, 13L);
    }

    @Test
    void inputsThatTheGroupSkippedAreMissing() {
        isMissing(compare(new InputState("id", 0, 20, OptionalLong.of(14))), 14, MissingCause.SKIPPED, 10, 14L);
        assertThat(searched).containsExactly("10 to 14");
    }

    @Test
    void expiredOffsetsAndOffsetsSetBackRepeatInputs() {
        for (OptionalLong committed : List.of(OptionalLong.empty(), OptionalLong.of(4), OptionalLong.of(99))) {
            StartPoint start = compare(new InputState("id", 0, 20, committed));
            assertThat(start.repeated()).containsExactly(Topic.OFFER_COMMANDS);
            assertThat(start.position().next()).containsEntry(Topic.OFFER_COMMANDS, NEXT);
            assertThat(start.changes()).isEmpty();
        }
    }

    @Test
    void aTopicThatWasCreatedAgainBeginsAgain() {
        isMissing(compare(new InputState("other", 0, 3, OptionalLong.empty())), 0, MissingCause.RECREATED, NEXT, null);
        isMissing(compare(new InputState("other", 0, 30, OptionalLong.empty())), 0, MissingCause.RECREATED, NEXT,
                null);
    }

    @Test
    void offsetsThatTheBrokerAssignsAgainAreNew() {
        StartPoint start = compare(new InputState("id", 0, 7, OptionalLong.of(10)));
        assertThat(start.changes()).containsExactly(new InputPosition(TOPIC, "id", 7L,
                new MissingInputs(MissingCause.TRUNCATED, 7L, 10L)));
        assertThat(start.position().next()).containsEntry(Topic.OFFER_COMMANDS, 7L);
        assertThat(start.repeated()).as("the consumer begins at the first record").hasSize(1);
    }

    @Test
    void aNewTaskBeginsWhereItsGroupDoesWithoutAQuestion() {
        StartPoint start = InputComparison.compare(StoredPosition.NONE,
                topics(new InputState("id", 3, 20, OptionalLong.empty())), this::search);
        assertThat(start.changes()).containsExactly(new InputPosition(TOPIC, "id", 3L, null));
        assertThat(start.topics().of(TOPIC)).contains("id");
        assertThat(searched).isEmpty();
    }

    private StartPoint compare(InputState input) {
        return InputComparison.compare(new StoredPosition(new TaskPosition(40, Map.of(Topic.OFFER_COMMANDS, NEXT)),
                TopicIds.NONE.with(Map.of(TOPIC, "id"))), topics(input), this::search);
    }

    private boolean search(Topic input, long from, long until) {
        searched.add(from + " to " + until);
        return thereAreRecords;
    }

    private static TaskTopics topics(InputState input) {
        return new TaskTopics(new JournalEnd(40, 0), new TreeMap<>(), Map.of(Topic.OFFER_COMMANDS, input));
    }

    private static void isNothing(StartPoint start) {
        assertThat(start.changes()).isEmpty();
        assertThat(start.repeated()).isEmpty();
        assertThat(start.position()).isEqualTo(new TaskPosition(40, Map.of(Topic.OFFER_COMMANDS, NEXT)));
    }

    private static void isMissing(StartPoint start, long begins, MissingCause cause, long from, Long until) {
        assertThat(start.changes()).singleElement().satisfies(change -> {
            assertThat(change.getOffset()).isEqualTo(begins);
            assertThat(change.getMissing()).isEqualTo(new MissingInputs(cause, from, until));
        });
        assertThat(start.position().next()).containsEntry(Topic.OFFER_COMMANDS, begins);
        assertThat(start.repeated()).isEmpty();
    }
}
