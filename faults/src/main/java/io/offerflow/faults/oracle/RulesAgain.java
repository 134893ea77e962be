package io.offerflow.faults.oracle;

import io.offerflow.avro.EntryResult;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.simulation.model.ModelOffer;
import io.offerflow.simulation.model.ModelPolicy;
import io.offerflow.simulation.model.Reply;
import io.offerflow.topology.outputs.Transition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Promise#RULES}: the model of the simulation, which shares no rule with the engine, decides again. */
final class RulesAgain implements Oracle {

    private final ModelPolicy policy;
    private final Violations violations;
    private final Map<OfferKey, ModelOffer> offers = new HashMap<>();

    RulesAgain(Policy policy, Violations violations) {
        this.policy = new ModelPolicy(policy.stopSellDelay(), policy.audienceSyncDelay(),
                policy.rejectSubmitWithoutChanges(), policy.strictOfferIds(), policy.deleteNewPlanOfPublishedOffer(),
                policy.redownloadAfterStop(), policy.limits().plans(), policy.limits().privatePlans(),
                policy.limits().audienceByHand(), policy.limits().audienceTenants(),
                policy.limits().audienceSubscriptions());
        this.violations = violations;
    }

    @Override
    public void entry(JournalStep step) {
        step.transition().ifPresent(transition -> decide(step, transition));
    }

    private void decide(JournalStep step, Transition transition) {
        OfferKey offer = transition.after().key();
        ModelOffer model = offers.computeIfAbsent(offer, first -> new ModelOffer(first.offerId(), policy));
        Reply reply = transition.entry().envelope().map(envelope ->
                model.take(envelope, step.entry().getInput().getAppendedAt()))
                .orElseGet(() -> model.advance(transition.entry().clock()));
        String expected = text(reply.result().map(Enum::name), reply.reason().map(Enum::name));
        String found = text(Optional.of(step.entry().getResult()).filter(result -> result != EntryResult.NONE)
                .map(Enum::name), Optional.ofNullable(step.entry().getReason()).map(Enum::name));
        if (!expected.equals(found)) {
            violations.add("entry %d of %s: %s instead of %s for %s", step.entry().getNumber(), offer, found,
                    expected, transition.entry().envelope().map(envelope ->
                            envelope.command().getClass().getSimpleName()).orElse("time"));
        }
    }

    private static String text(Optional<String> result, Optional<String> reason) {
        return result.orElse("time") + reason.map(" "::concat).orElse("");
    }
}
