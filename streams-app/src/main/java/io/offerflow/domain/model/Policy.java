package io.offerflow.domain.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The rule settings that an operator may change (end of domain.md 8). */
public record Policy(
        @SettingDoc("time from the request until selling stops (S26, D9)") Duration stopSellDelay,
        @SettingDoc("time from the request to sync private audiences until they take effect; PT0S: at once (B12)")
        Duration audienceSyncDelay,
        @SettingDoc("refuse a submit of a live offer that changes nothing (D20)") boolean rejectSubmitWithoutChanges,
        @SettingDoc("offer ids have 3 to 50 characters instead of 1 to 50 (B52)") boolean strictOfferIds,
        @SettingDoc("allow deleting a plan that was never published from an offer that was (D3)")
        boolean deleteNewPlanOfPublishedOffer,
        @SettingDoc("customers may download again what they bought before selling stopped (S28, D13)")
        boolean redownloadAfterStop,
        @SettingDoc("a changed price of a plan on sale takes effect on the first day of a later month, and the "
                + "publisher is told which (V16, D23)")
        boolean priceChangeScheduling,
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

    /** The id of this policy in the journal: equal policies have equal ids, in every process. */
    public String id() {
        return "p1-" + HexFormat.of().toHexDigits(StableHash.of(toString().getBytes(StandardCharsets.UTF_8)));
    }
}
