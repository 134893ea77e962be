package io.offerflow.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.state.OfferState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DanglingReferencesTest {

    private static final OfferState RECORDED = OfferScenario.offer().transactableDraft("basic", "gold").state();
    private static final OfferState DIVERGED = OfferScenario.offer().transactableDraft("basic").state();
    private static final OfferState NONE = OfferScenario.offer().state();

    @Test
    void aSyncRefersToEveryPlanThatItNames() {
        assertThat(missing(new Command.SyncPrivateAudience(List.of("basic", "gold")), DIVERGED)).contains("plan gold");
        assertThat(missing(new Command.SyncPrivateAudience(List.of("basic")), DIVERGED)).isEmpty();
        assertThat(missing(new Command.SyncPrivateAudience(List.of("silver")), DIVERGED))
                .as("a plan that the recorded state does not have either").isEmpty();
    }

    @Test
    void aSyncOfAnOfferThatDoesNotExistRefersToItsPlan() {
        assertThat(missing(new Command.SyncPrivateAudience(List.of("basic")), NONE)).contains("plan basic");
        assertThat(missing(new Command.SyncPrivateAudience(List.of()), NONE)).contains("the offer");
    }

    @Test
    void aCommandWithAnExpectedVersionRefersToIt() {
        long version = RECORDED.header().revision();
        assertThat(DanglingReferences.missing(envelope(new Command.SyncPrivateAudience(List.of("basic")),
                Optional.of(version)), RECORDED, DIVERGED)).contains("draft version " + version);
    }

    private static Optional<String> missing(Command command, OfferState diverged) {
        return DanglingReferences.missing(envelope(command, Optional.empty()), RECORDED, diverged);
    }

    private static CommandEnvelope envelope(Command command, Optional<Long> expectedVersion) {
        return new CommandEnvelope("id", "someone", expectedVersion, false, 0, command);
    }
}
