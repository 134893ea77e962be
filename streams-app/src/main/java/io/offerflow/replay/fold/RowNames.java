package io.offerflow.replay.fold;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.RowKey;

/** Names of rows in reports. */
final class RowNames {

    private RowNames() {
    }

    static String of(RowKey key) {
        return switch (key) {
            case RowKey.SectionKey section ->
                    RootLocaleText.format("section %s %d", section.section(), section.revision());
            case RowKey.PlanKey plan -> RootLocaleText.format("plan %s %d", plan.planId(), plan.revision());
            case RowKey.PlanSalesKey sales -> "sales";
            case RowKey.EndedEpochKey ended -> RootLocaleText.format("ended sale epoch %s%d",
                    ended.planId().map(plan -> "of plan " + plan + " ").orElse(""), ended.epoch());
            case RowKey.CustomerKey customer -> RootLocaleText.format("customer %s of plan %s", customer.customerId(),
                    customer.planId());
            case RowKey.AudienceIndexKey index -> "private audiences";
            case RowKey.PriceKey plan ->
                    RootLocaleText.format("prices of plan %s until new prices apply", plan.planId());
            case RowKey.AudienceMemberKey member -> RootLocaleText.format("member %s of plan %s, generation %d",
                    member.id(), member.planId(), member.generation());
            case RowKey.SubmissionNotesKey notes -> "notes of submission " + notes.submission();
        };
    }
}
