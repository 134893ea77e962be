package io.offerflow.domain;

/** Kind of offer, fixed when it is created (V4). */
public enum OfferType {
    SAAS, AZURE_APPLICATION, MANAGED_SERVICE, VIRTUAL_MACHINE
}
