package io.offerflow.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What offers of one type consist of. A new type is one entry in {@link OfferType} with its profile, and a case in {@link
 * io.offerflow.domain.content.SectionRules}, which says when its sections are complete.
 *
 * @param sections that have to be complete for a submit, each with the setups that need it (domain.md 6.2, D21)
 * @param steps of a publishing run in order, each with the setups that need it: a step of a feature that is off is skipped
 * @param audienceTypes types of ids that the private audiences of its plans may hold (V23)
 */
public record OfferTypeProfile(Map<SectionId, Predicate<Setup>> sections, Map<Step, Predicate<Setup>> steps,
        Set<AudienceType> audienceTypes) {

    private static final Predicate<Setup> ALWAYS = setup -> true;

    private static final Map<SectionId, Predicate<Setup>> ALL_SECTIONS = Map.of(
            SectionId.OFFER_SETUP, ALWAYS,
            SectionId.PROPERTIES, ALWAYS,
            SectionId.OFFER_LISTING, ALWAYS,
            SectionId.PREVIEW, ALWAYS,
            SectionId.TECHNICAL_CONFIGURATION, Setup::transactable,
            SectionId.PLAN_OVERVIEW, Setup::transactable,
            SectionId.TEST_DRIVE, Setup::testDrive);

    private static final Map<Step, Predicate<Setup>> ALL_STEPS = new EnumMap<>(Map.ofEntries(
            Map.entry(Step.PURCHASE_FLOW, Setup::transactable),
            Map.entry(Step.TEST_DRIVE_DATA, Setup::testDrive),
            Map.entry(Step.TEST_DRIVE_PROVISIONING, Setup::testDrive),
            Map.entry(Step.LEAD_MANAGEMENT, Setup::leads),
            Map.entry(Step.CERTIFICATION, ALWAYS),
            Map.entry(Step.PREVIEW_CREATION, ALWAYS),
            Map.entry(Step.PUBLISHER_SIGN_OFF, ALWAYS),
            Map.entry(Step.PUBLISH_PURCHASE_FLOW, Setup::transactable),
            Map.entry(Step.PUBLISH_TEST_DRIVE_DATA, Setup::testDrive),
            Map.entry(Step.PUBLISH_TEST_DRIVE_PROVISIONING, Setup::testDrive),
            Map.entry(Step.PUBLISH_LEAD_MANAGEMENT, Setup::leads),
            Map.entry(Step.FINAL_PUBLISH, ALWAYS)));

    public OfferTypeProfile {
        sections = Collections.unmodifiableMap(new EnumMap<>(sections));
        steps = Collections.unmodifiableMap(new EnumMap<>(steps));
        audienceTypes = Collections.unmodifiableSet(EnumSet.copyOf(audienceTypes));
    }

    /** All sections and steps, with audiences of ids of these types. */
    static OfferTypeProfile withAudienceOf(AudienceType... types) {
        return new OfferTypeProfile(ALL_SECTIONS, ALL_STEPS, Set.of(types));
    }

    /** Whether a section has to be complete for a submit of an offer that is set up like this. */
    public boolean needs(SectionId section, Setup setup) {
        return sections.containsKey(section) && sections.get(section).test(setup);
    }

    /** The steps that an offer set up like this goes through. */
    public List<Step> stepsOf(Setup setup) {
        return steps.keySet().stream().filter(step -> steps.get(step).test(setup)).toList();
    }
}
