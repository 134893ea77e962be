package io.offerflow.domain.model;

import java.util.Optional;

/**
 * The steps of a publishing run in order (domain.md 2.2 and 5.0). The steps after the publisher's sign-off have other
 * names than those before, so that a late result of the first phase is never taken for one of the second (B1). The
 * profile of an offer type lists the steps that its offers go through.
 */
public enum PublishStep {
    PURCHASE_FLOW(10),
    TEST_DRIVE_DATA(5),
    TEST_DRIVE_PROVISIONING(30),
    LEAD_MANAGEMENT(15),
    CERTIFICATION(3 * 24 * 60),
    PREVIEW_CREATION(30),
    PUBLISHER_SIGN_OFF(0),
    PUBLISH_PURCHASE_FLOW(10),
    PUBLISH_TEST_DRIVE_DATA(5),
    PUBLISH_TEST_DRIVE_PROVISIONING(30),
    PUBLISH_LEAD_MANAGEMENT(15),
    FINAL_PUBLISH(30);

    private final int estimatedMinutes;

    PublishStep(int estimatedMinutes) {
        this.estimatedMinutes = estimatedMinutes;
    }

    /** How long the step usually takes, in minutes; 0 where a person decides. */
    public int estimatedMinutes() {
        return estimatedMinutes;
    }

    /** The step with this name, if there is one. */
    public static Optional<PublishStep> named(String name) {
        return EnumNames.find(values(), name);
    }
}
