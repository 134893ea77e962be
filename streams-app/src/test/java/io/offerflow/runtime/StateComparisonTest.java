package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.TaskTopics.ChangelogState;
import io.offerflow.runtime.TaskTopics.JournalEnd;
import io.offerflow.topology.UnrecoverableException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateComparisonTest {

    private static final String OFFERS = "offerflow-2-offers-changelog";
    private static final String POSITIONS = "offerflow-2-positions-changelog";

    private final Map<String, ChangelogState> changelogs = new TreeMap<>(Map.of(
            OFFERS, new ChangelogState("o1", 0), POSITIONS, new ChangelogState("p1", 0)));

    @Test
    void aStateThatIsThatOfTheJournalDecides() {
        assertThatCode(() -> check(7, 7)).doesNotThrowAnyException();
        assertThatCode(() -> check(0, 0)).as("a new deployment").doesNotThrowAnyException();
    }

    @Test
    void aStateBehindTheJournalNamesTheNextGeneration() {
        refuses(3, 7, "the state of application.id offerflow-2 is behind the journal: offer-journal-5 has entries up "
                + "to 7, but the state of partition 5 has them up to 3",
                "--application-id offerflow-2 --new-application-id offerflow-3 --execute`");
        refuses(0, 7, "but the state of partition 5 has none");
    }

    @Test
    void aStateAheadOfTheJournalNamesTheCopy() {
        refuses(7, 3, "entries are missing at the end of the journal", "Restore the topic from its copy",
                "--new-application-id offerflow-3 --accept-loss --execute`");
        refuses(7, 0, "offer-journal-5 has none");
    }

    @Test
    void aChangelogThatWasCreatedAgainIsNamed() {
        changelogs.put(OFFERS, new ChangelogState("o2", 0));
        refuses(7, 7, "topic offerflow-2-offers-changelog was deleted and created again");
    }

    @Test
    void aChangelogWithoutItsFirstRecordsIsNamed() {
        changelogs.put(OFFERS, new ChangelogState("o1", 12));
        refuses(7, 7, "records of topic offerflow-2-offers-changelog were deleted: partition 5 begins at offset 12");
    }

    @Test
    void anOfferThatIsOlderThanItsNewestEntryNamesTheChangelog() {
        StateComparison states = new StateComparison("offerflow-2", "/data/state");
        OfferKey offer = new OfferKey("contoso", "shifts");
        JournalEntry entry = new JournalEntry();
        entry.setNumber(70);
        entry.setSequence(12);
        assertThatCode(() -> states.check(5, Map.of(offer, entry), stored -> 12)).doesNotThrowAnyException();
        assertThatThrownBy(() -> states.check(5, Map.of(offer, entry), stored -> 11))
                .isInstanceOf(UnrecoverableException.class)
                .hasMessageContainingAll("entry 70 of offer-journal-5 is number 12 in the history of offer "
                        + "contoso/shifts, but the store has 11", "The end of offerflow-2-offers-changelog-5 was lost",
                        "delete /data/state", "--new-application-id offerflow-3 --execute`");
    }

    @Test
    void storesOfAnotherClusterAreNamedByTheirDirectory() {
        changelogs.replaceAll((name, state) -> new ChangelogState("other", 0));
        refuses(7, 7, "the stores of partition 5 in /data/state", "Delete it and start again");
    }

    private void refuses(long written, long last, String... said) {
        assertThatThrownBy(() -> check(written, last)).isInstanceOf(UnrecoverableException.class)
                .hasMessageContainingAll(said);
    }

    private void check(long written, long last) {
        new StateComparison("offerflow-2", "/data/state").check(5, new StoredPosition(
                new TaskPosition(written, Map.of()), TopicIds.NONE.with(Map.of(OFFERS, "o1", POSITIONS, "p1"))),
                new TaskTopics(new JournalEnd(last, 0), changelogs, Map.of()));
    }
}
