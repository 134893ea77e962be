package io.offerflow.domain.model;

/**
 * What the rules of one section need to know of the rest of the offer.
 *
 * @param testDriveType as Offer setup says; empty if it does not
 * @param liveIsTransactable the live version is sold through the marketplace
 */
public record ValidationContext(String testDriveType, boolean liveIsTransactable) {
}
