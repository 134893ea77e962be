package io.offerflow.simulation.model;

import java.time.Duration;

/** What an operator has set, as far as the simulation varies it. */
public record ModelPolicy(Duration stopSellDelay, Duration audienceSyncDelay, boolean rejectSubmitWithoutChanges,
        boolean strictOfferIds, boolean deleteNewPlanOfPublishedOffer, boolean redownloadAfterStop,
        int plans, int privatePlans,
        int audienceByHand, int tenants, int subscriptions) {
}
