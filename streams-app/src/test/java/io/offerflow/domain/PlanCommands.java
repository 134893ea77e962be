package io.offerflow.domain;

import io.offerflow.domain.model.Command;
import java.util.Optional;

/** Every command that speaks of one plan, as it is asked of plan {@code gold}. */
enum PlanCommands {
    CREATE_PLAN(new Command.CreatePlan("gold", Contents.plan("Gold"))),
    UPDATE_PLAN(new Command.UpdatePlan("gold", Contents.change("description", "Another."), Optional.empty())),
    DELETE_DRAFT_PLAN(new Command.DeleteDraftPlan("gold", true)),
    STOP_SELLING_PLAN(PlanScenarios.stopGold()),
    RESUME_SELLING(new Command.ResumeSelling(Optional.of("gold"))),
    ACQUIRE_PLAN(new Command.AcquirePlan("0b1c2d3e-0000-4000-8000-00000000000f", "gold"));

    private final Command command;

    PlanCommands(Command command) {
        this.command = command;
    }

    Command command() {
        return command;
    }
}
