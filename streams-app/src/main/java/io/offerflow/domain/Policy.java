package io.offerflow.domain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What an operator may set about the rules (end of domain.md 8).
 *
 * @param stopSellDelay how long after the request selling stops (D9)
 * @param audienceSyncDelay how long after the request the audiences of a sync count; none: at once (B12)
 * @param rejectSubmitWithoutChanges refuse a submit of a live offer that changes nothing (D20)
 * @param strictOfferIds demand 3 to 50 characters of an offer id instead of 1 to 50 (B52)
 * @param deleteNewPlanOfPublishedOffer allow deleting a plan that was never published from an offer that was (D3)
 * @param redownloadAfterStop customers may download again what they bought before selling stopped (S28, D13)
 * @param priceChangeScheduling changes of prices hold from a later day on, and publishers are told which (V16, D23)
 * @param limits the limits of sections 6.2 and 6.3
 */
public record Policy(Duration stopSellDelay, Duration audienceSyncDelay, boolean rejectSubmitWithoutChanges,
        boolean strictOfferIds, boolean deleteNewPlanOfPublishedOffer, boolean redownloadAfterStop, boolean priceChangeScheduling,
        Limits limits) {

    /** The documented defaults. */
    public static final Policy DEFAULT = new Policy(Duration.ofHours(4), Duration.ZERO, true, false, false, true, false,
            Limits.DEFAULT);

    private static final Pattern OFFER_ID = Pattern.compile("[a-z0-9_-]{1,50}");
    private static final Pattern STRICT_OFFER_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{2,49}");

    /** Whether a plan may be created under this id (V2). */
    public boolean allowsPlanId(String planId) {
        return OFFER_ID.matcher(planId).matches();
    }

    /** Whether an offer may be created under this id (V1, B52). */
    public boolean allowsOfferId(String offerId) {
        return (strictOfferIds ? STRICT_OFFER_ID : OFFER_ID).matcher(offerId).matches();
    }

    /** Names this policy in the journal: equal policies have equal ids, in every process. */
    public String id() {
        return "p1-" + HexFormat.of().toHexDigits(Hash.of(toString().getBytes(StandardCharsets.UTF_8)));
    }
}
