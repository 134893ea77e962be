package io.offerflow.domain;

/**
 * What the Offer setup section says about the rest of the offer.
 *
 * @param transactable customers buy through the marketplace; otherwise the offer is listing-only
 * @param testDrive customers may try it in a test drive
 * @param leads a lead destination is given, which is what enables lead management (B65)
 */
public record Setup(boolean transactable, boolean testDrive, boolean leads) {

    /** Before the section was saved for the first time. */
    public static final Setup NONE = new Setup(false, false, false);
}
