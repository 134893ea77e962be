package io.offerflow.domain.model;

import java.util.Optional;

/** The seven sections of an offer that can be updated (S3). */
public enum SectionId {
    OFFER_SETUP, PROPERTIES, OFFER_LISTING, PREVIEW, TECHNICAL_CONFIGURATION, PLAN_OVERVIEW, TEST_DRIVE;

    /** The section with this name, if there is one. */
    public static Optional<SectionId> named(String name) {
        return EnumNames.find(values(), name);
    }
}
