package io.offerflow.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Problem;
import io.offerflow.avro.SectionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorefrontCacheTest {

    private final StorefrontCache shelf = new StorefrontCache();

    @Test
    void rowsOfOneOfferAreToldOfTogetherAndOnlyOnce() {
        shelf.plan("contoso/shifts/basic", Optional.of(live(false, false)));
        shelf.plan("contoso/shifts/team", Optional.of(live(false, true)));
        shelf.plan("contoso/shifts/framework", Optional.of(live(true, false)));
        assertThat(shelf.news())
                .containsExactly(Map.entry("contoso/shifts", "3 plans live, 1 of them private, 1 edited since"));
        assertThat(shelf.news()).isEmpty();
    }

    @Test
    void draftsAreCountedAndWhatIsToBeMendedIsSaid() {
        shelf.plan("contoso/shifts/basic", Optional.of(live(false, false)));
        shelf.plan("contoso/shifts/team", Optional.of(draft(List.of())));
        shelf.plan("contoso/shifts/new", Optional.of(draft(
                List.of(new Problem(SectionName.PLAN_OVERVIEW, "name", "has to be given", "nothing")))));
        assertThat(shelf.news())
                .containsValue("1 plan live, 2 plans in the draft, 1 with something to mend");
    }

    @Test
    void aDeletedPlanIsNoLongerCounted() {
        shelf.plan("contoso/shifts/basic", Optional.of(draft(List.of())));
        shelf.plan("contoso/shifts/basic", Optional.empty());
        assertThat(shelf.news()).containsValue("no plans left");
    }

    private static PlanStatus live(boolean hidden, boolean edited) {
        return PlanStatus.newBuilder()
                .setPublisherId("contoso").setOfferId("shifts").setPlanId("any")
                .setName(null).setState(PlanState.LIVE).setOnSale(true)
                .setPrivateOnSale(hidden).setUnpublishedChanges(edited).setSequence(1L)
                .setChangedAt(Instant.EPOCH).setSavedAtVersion(1L).setProblems(List.of()).build();
    }

    private static PlanStatus draft(List<Problem> problems) {
        return PlanStatus.newBuilder()
                .setPublisherId("contoso").setOfferId("shifts").setPlanId("any")
                .setName(null).setState(PlanState.DRAFT).setOnSale(false)
                .setPrivateOnSale(null).setUnpublishedChanges(true).setSequence(1L)
                .setChangedAt(Instant.EPOCH).setSavedAtVersion(1L).setProblems(problems).build();
    }
}
