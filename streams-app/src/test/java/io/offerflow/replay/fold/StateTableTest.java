package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table holds the same state in memory and beyond its memory limit. */
class StateTableTest {

    private static final long LIMIT = 8_000; // bytes: one offer with rows and one without
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final OfferKey FIRST = new OfferKey("contoso", "a");
    private static final OfferKey SECOND = new OfferKey("contoso", "b");
    private static final OfferKey THIRD = new OfferKey("contoso", "c");

    @TempDir
    private Path folder;

    private StateTable table;

    @AfterEach
    void close() {
        table.close();
        assertThat(folder).as("spilled state is deleted").isEmptyDirectory();
    }

    @Test
    void withinTheLimitNothingIsWrittenToDisk() {
        table = new StateTable(folder.resolve("spill"), 1L << 20);
        apply(FIRST, added("x"));

        assertThat(table.spilled()).isFalse();
        assertThat(folder).isEmptyDirectory();
        assertThat(members(FIRST)).containsExactly("x");
        assertThat(table.peakBytes()).isGreaterThan(3_000);
    }

    @Test
    void anEvictedOfferIsLoadedAgainWithItsRows() {
        table = new StateTable(folder.resolve("spill"), LIMIT);
        apply(FIRST, added("x"), added("y"));
        apply(SECOND, added("x"));
        apply(THIRD, added("x"));

        assertThat(table.spilled()).isTrue();
        assertThat(table.offers()).isEqualTo(3);
        OfferState loaded = table.load(FIRST);
        assertThat(loaded.header().sequence()).isEqualTo(1);
        assertThat(loaded.rows().read(member("x"))).isPresent();
        assertThat(loaded.rows().read(member("z"))).isEmpty();
        assertThat(members(FIRST)).containsExactly("x", "y");
    }

    @Test
    void theStateDoesNotDependOnTheLimit() {
        table = new StateTable(folder.resolve("spill"), 1L << 20);
        String inMemory = digestOfAHistory();
        table.close();
        for (long limit : List.of(0L, LIMIT)) {
            table = new StateTable(folder.resolve("spill"), limit);
            assertThat(digestOfAHistory()).as("limit %d", limit).isEqualTo(inMemory);
            assertThat(table.spilled()).isTrue();
            assertThat(table.offers()).isEqualTo(3);
            table.close();
        }
        table = new StateTable(folder.resolve("spill"), 0);
    }

    private String digestOfAHistory() {
        apply(FIRST, added("x"), added("y"));
        apply(SECOND, added("x"));
        apply(THIRD, added("z"));
        apply(FIRST, removed("x"));
        apply(SECOND, removed("x"), added("y"));
        table.policy("p1");
        StateDigest digest = new StateDigest();
        table.visit(digest);
        return digest.hex();
    }

    @Test
    void aRowThatIsDeletedAfterAVisitStaysDeleted() {
        table = new StateTable(folder.resolve("spill"), LIMIT);
        apply(FIRST, added("x"));
        apply(SECOND, added("x")); // evicts the first offer; the visit then writes this one, which stays in memory
        assertThat(table.spilled()).isTrue();
        assertThat(members(SECOND)).containsExactly("x");

        apply(SECOND, removed("x"));

        assertThat(table.load(SECOND).rows().read(member("x"))).isEmpty();
        assertThat(members(SECOND)).isEmpty();
        assertThat(members(FIRST)).containsExactly("x");
    }

    private void apply(OfferKey key, Event... events) {
        OfferState before = table.load(key);
        List<Event> all = new ArrayList<>(List.of(events));
        if (!before.header().exists()) {
            all.addFirst(new Event.OfferCreated(OfferType.SAAS, "Shift Planner"));
        }
        Entry entry = new Entry(before.header().sequence() + 1, NOON, Optional.empty(), List.of(),
                Decision.accept(Rule.NONE, all));
        table.store(before, OfferEvolver.apply(before, entry), 100);
    }

    private static Event added(String id) {
        return new Event.AudienceIdAdded("basic", 1, 1, AudienceType.TENANT, id, Optional.empty());
    }

    private static Event removed(String id) {
        return new Event.AudienceIdRemoved("basic", 1, 2, id);
    }

    private static RowKey member(String id) {
        return new RowKey.AudienceMemberKey("basic", 1, id);
    }

    /** Ids of the members that a visit shows for an offer. */
    private List<String> members(OfferKey key) {
        CollectingSink sink = new CollectingSink();
        table.visit(sink);
        byte[] offer = StateCodec.key(key);
        assertThat(sink.state()).as("header row of %s", key).containsKey(offer);
        return sink.state().keySet().stream().filter(row -> row.length > offer.length
                && new String(row, StandardCharsets.UTF_8).startsWith(key.toString()))
                .map(StateCodec::rowKey).filter(RowKey.AudienceMemberKey.class::isInstance)
                .map(RowKey.AudienceMemberKey.class::cast).map(RowKey.AudienceMemberKey::id).toList();
    }
}
