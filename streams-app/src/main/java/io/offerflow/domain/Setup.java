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

    /** Whether a section has to be complete for a submit (domain.md 6.2, D21). */
    public boolean needs(SectionId section) {
        return switch (section) {
            case OFFER_SETUP, PROPERTIES, OFFER_LISTING, PREVIEW -> true;
            case TECHNICAL_CONFIGURATION, PLAN_OVERVIEW -> transactable;
            case TEST_DRIVE -> testDrive;
        };
    }
}
