package io.offerflow.replay;

import io.offerflow.domain.Texts;
import io.offerflow.domain.state.Row;

/** Names rows for people. */
final class RowNames {

    private RowNames() {
    }

    static String of(Row.Key key) {
        return switch (key) {
            case Row.SectionKey section -> Texts.format("section %s %d", section.section(), section.revision());
            case Row.PlanKey plan -> Texts.format("plan %s %d", plan.planId(), plan.revision());
            case Row.SalesKey sold -> "sales";
            case Row.EpochKey ended -> Texts.format("ended period of sale %s%d",
                    ended.planId().map(plan -> "of plan " + plan + " ").orElse(""), ended.epoch());
            case Row.CustomerKey customer -> Texts.format("customer %s of plan %s", customer.customerId(),
                    customer.planId());
            case Row.AudiencesKey every -> "private audiences";
            case Row.PricesKey plan -> Texts.format("prices of plan %s until new ones hold", plan.planId());
            case Row.MemberKey member -> Texts.format("member %s of plan %s, generation %d", member.id(),
                    member.planId(),
                    member.generation());
            case Row.TextsKey texts -> "texts of submission " + texts.submission();
        };
    }
}
