package io.offerflow.domain;

import static io.offerflow.domain.AudienceCommands.acquire;
import static io.offerflow.domain.AudienceCommands.add;
import static io.offerflow.domain.AudienceCommands.chunk;
import static io.offerflow.domain.AudienceCommands.importing;
import static io.offerflow.domain.AudienceCommands.remove;
import static io.offerflow.domain.AudienceCommands.sync;

import io.offerflow.domain.model.Command;

/** Every command that speaks of a private audience, as it is asked of that of plan {@code gold}. */
enum AudienceMatrixCommands {
    ADD_ANOTHER("AddAudienceId of another", add("gold", 5)),
    ADD_ONE_OF_THEM("AddAudienceId of one who is in it", add("gold", 1)),
    REMOVE("RemoveAudienceId", remove("gold", 1)),
    REMOVE_A_STRANGER("RemoveAudienceId of one who is not in it", remove("gold", 5)),
    IMPORT("ImportAudience, whole", importing("gold", 5, 6)),
    IMPORT_FIRST("ImportAudience, the first chunk", chunk("gold", 2, 0, 2, 2, 5)),
    IMPORT_LAST("ImportAudience, the last chunk", chunk("gold", 1, 1, 2, 2, 5)),
    SYNC("SyncPrivateAudience", sync()),
    SYNC_NAMED("SyncPrivateAudience of the plan", sync("gold")),
    ACQUIRE_PUBLISHED("AcquirePlan by one of the published audience", acquire("gold", 1)),
    ACQUIRE_SAVED("AcquirePlan by one who was added since", acquire("gold", 3));

    private final String words;
    private final Command command;

    AudienceMatrixCommands(String words, Command command) {
        this.words = words;
        this.command = command;
    }

    String words() {
        return words;
    }

    Command command() {
        return command;
    }
}
