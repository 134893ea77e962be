package io.offerflow.domain.state.row;

/** A row of an offer other than its header: larger, and written less often. */
public sealed interface StateRow permits AudienceIndexRow, AudienceMemberRow, CustomerRow, EndedEpochRow,
        PlanOverviewRow, PlanRow, PlanSalesRow, PriceRow, SectionRow, SubmissionNotesRow {
}
