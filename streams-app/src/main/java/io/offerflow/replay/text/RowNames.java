package io.offerflow.replay.text;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.RowKey;

/** Names rows for people. */
public final class RowNames {

    private RowNames() {
    }

    public static String of(RowKey key) {
        return switch (key) {
            case RowKey.SectionKey section -> RootLocaleText.format("section %s %d", section.section(), section.revision());
            case RowKey.PlanKey plan -> RootLocaleText.format("plan %s %d", plan.planId(), plan.revision());
            case RowKey.PlanSalesKey sold -> "sales";
            case RowKey.EndedEpochKey ended -> RootLocaleText.format("ended period of sale %s%d",
                    ended.planId().map(plan -> "of plan " + plan + " ").orElse(""), ended.epoch());
            case RowKey.CustomerKey customer -> RootLocaleText.format("customer %s of plan %s", customer.customerId(),
                    customer.planId());
            case RowKey.AudienceIndexKey every -> "private audiences";
            case RowKey.PriceKey plan -> RootLocaleText.format("prices of plan %s until new ones hold", plan.planId());
            case RowKey.AudienceMemberKey member -> RootLocaleText.format("member %s of plan %s, generation %d", member.id(),
                    member.planId(),
                    member.generation());
            case RowKey.SubmissionNotesKey texts -> "texts of submission " + texts.submission();
        };
    }
}
