package io.offerflow.domain.model;

/**
 * The features that Offer setup switches on for the rest of the offer.
 *
 * @param transactable customers buy through the marketplace; otherwise the offer is listing-only
 * @param testDrive customers may try it in a test drive
 * @param leads a lead destination is given, which is what enables lead management (B65)
 */
public record OfferFeatures(boolean transactable, boolean testDrive, boolean leads) {

    /** Before the section was saved for the first time. */
    public static final OfferFeatures NONE = new OfferFeatures(false, false, false);
}
