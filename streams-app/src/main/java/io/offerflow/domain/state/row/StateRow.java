package io.offerflow.domain.state.row;

/** A row of an offer beside its facts: what is larger, and changes less often. */
public sealed interface StateRow permits AudienceIndexRow, AudienceMemberRow, CustomerRow, EndedEpochRow, PlanOverviewRow, PlanRow, PlanSalesRow, PriceRow, SectionRow, SubmissionNotesRow {
}
