package io.offerflow.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The steps of a publishing run in order (domain.md 2.2 and 5.0). Those after the publisher's sign-off have names of
 * their own, so that a late answer of the first phase can never pass for one of the second (B1).
 */
public enum Step {
    PURCHASE_FLOW(10, Setup::transactable),
    TEST_DRIVE_DATA(5, Setup::testDrive),
    TEST_DRIVE_PROVISIONING(30, Setup::testDrive),
    LEAD_MANAGEMENT(15, Setup::leads),
    CERTIFICATION(3 * 24 * 60, setup -> true),
    PREVIEW_CREATION(30, setup -> true),
    PUBLISHER_SIGN_OFF(0, setup -> true),
    PUBLISH_PURCHASE_FLOW(10, Setup::transactable),
    PUBLISH_TEST_DRIVE_DATA(5, Setup::testDrive),
    PUBLISH_TEST_DRIVE_PROVISIONING(30, Setup::testDrive),
    PUBLISH_LEAD_MANAGEMENT(15, Setup::leads),
    FINAL_PUBLISH(30, setup -> true);

    private final int estimatedMinutes;
    private final Predicate<Setup> applies;

    Step(int estimatedMinutes, Predicate<Setup> applies) {
        this.estimatedMinutes = estimatedMinutes;
        this.applies = applies;
    }

    /** How long such a step usually takes, in minutes; 0 where a person decides. */
    public int estimatedMinutes() {
        return estimatedMinutes;
    }

    /** The steps that an offer set up like this goes through: a step of a feature that is off is skipped. */
    public static List<Step> of(Setup setup) {
        return Arrays.stream(values()).filter(step -> step.applies.test(setup)).toList();
    }

    /** The step with this name, if there is one. */
    public static Optional<Step> named(String name) {
        return Names.find(values(), name);
    }
}
