package io.offerflow.replay;

import io.offerflow.domain.state.Row;

/** Names rows for people. */
final class RowNames {

    private RowNames() {
    }

    static String of(Row.Key key) {
        return switch (key) {
            case Row.SectionKey section -> "section %s %d".formatted(section.section(), section.revision());
            case Row.PlanKey plan -> "plan %s %d".formatted(plan.planId(), plan.revision());
            case Row.SalesKey sold -> "sales";
            case Row.EpochKey ended -> "ended period of sale %s%d".formatted(
                    ended.planId().map(plan -> "of plan " + plan + " ").orElse(""), ended.epoch());
            case Row.CustomerKey customer -> "customer %s of plan %s".formatted(customer.customerId(),
                    customer.planId());
            case Row.AudiencesKey every -> "private audiences";
            case Row.PricesKey plan -> "prices of plan %s until new ones hold".formatted(plan.planId());
            case Row.MemberKey member -> "member %s of plan %s, generation %d".formatted(member.id(), member.planId(),
                    member.generation());
            case Row.TextsKey texts -> "texts of submission " + texts.submission();
        };
    }
}
