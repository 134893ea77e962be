package io.offerflow.domain.model;

/**
 * What the rules of one section read of the rest of the offer.
 *
 * @param testDriveType as set in Offer setup; empty if it is not set
 * @param liveIsTransactable whether the live version is sold through the marketplace
 */
public record ValidationContext(String testDriveType, boolean liveIsTransactable) {
}
