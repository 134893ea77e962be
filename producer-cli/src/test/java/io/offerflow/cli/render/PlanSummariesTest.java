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

class PlanSummariesTest {

    private final PlanSummaries summaries = new PlanSummaries();

    @Test
    void rowsOfOneOfferAreSummarizedTogetherAndOnlyOnce() {
        summaries.plan("contoso/shifts/basic", Optional.of(live(false, false)));
        summaries.plan("contoso/shifts/team", Optional.of(live(false, true)));
        summaries.plan("contoso/shifts/framework", Optional.of(live(true, false)));
        assertThat(summaries.changes())
                .containsExactly(Map.entry("contoso/shifts", "3 plans live, 1 of them private, 1 edited since"));
        assertThat(summaries.changes()).isEmpty();
    }

    @Test
    void draftsAndPlansWithProblemsAreCounted() {
        summaries.plan("contoso/shifts/basic", Optional.of(live(false, false)));
        summaries.plan("contoso/shifts/team", Optional.of(draft(List.of())));
        summaries.plan("contoso/shifts/new", Optional.of(draft(
                List.of(new Problem(SectionName.PLAN_OVERVIEW, "name", "has to be given", "nothing")))));
        assertThat(summaries.changes())
                .containsValue("1 plan live, 2 plans in the draft, 1 with problems");
    }

    @Test
    void aDeletedPlanIsNoLongerCounted() {
        summaries.plan("contoso/shifts/basic", Optional.of(draft(List.of())));
        summaries.plan("contoso/shifts/basic", Optional.empty());
        assertThat(summaries.changes()).containsValue("no plans left");
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
