package io.offerflow.domain.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What offers of one type consist of. A new type is one constant of {@link OfferType} with its profile, and a case in
 * {@code SectionCompletenessRules}, which decides when its sections are complete.
 *
 * @param sections that have to be complete for a submit, each with the features that require it (domain.md 6.2, D21)
 * @param steps of a publishing run in order, each with the features that require it; other steps are skipped
 * @param audienceTypes types of ids that the private audiences of its plans may hold (V23)
 */
public record OfferTypeProfile(Map<SectionId, Predicate<OfferFeatures>> sections,
        Map<PublishStep, Predicate<OfferFeatures>> steps, Set<AudienceType> audienceTypes) {

    private static final Predicate<OfferFeatures> ALWAYS = features -> true;

    private static final Map<SectionId, Predicate<OfferFeatures>> ALL_SECTIONS = Map.of(
            SectionId.OFFER_SETUP, ALWAYS,
            SectionId.PROPERTIES, ALWAYS,
            SectionId.OFFER_LISTING, ALWAYS,
            SectionId.PREVIEW, ALWAYS,
            SectionId.TECHNICAL_CONFIGURATION, OfferFeatures::transactable,
            SectionId.PLAN_OVERVIEW, OfferFeatures::transactable,
            SectionId.TEST_DRIVE, OfferFeatures::testDrive);

    private static final Map<PublishStep, Predicate<OfferFeatures>> ALL_STEPS = new EnumMap<>(Map.ofEntries(
            Map.entry(PublishStep.PURCHASE_FLOW, OfferFeatures::transactable),
            Map.entry(PublishStep.TEST_DRIVE_DATA, OfferFeatures::testDrive),
            Map.entry(PublishStep.TEST_DRIVE_PROVISIONING, OfferFeatures::testDrive),
            Map.entry(PublishStep.LEAD_MANAGEMENT, OfferFeatures::leads),
            Map.entry(PublishStep.CERTIFICATION, ALWAYS),
            Map.entry(PublishStep.PREVIEW_CREATION, ALWAYS),
            Map.entry(PublishStep.PUBLISHER_SIGN_OFF, ALWAYS),
            Map.entry(PublishStep.PUBLISH_PURCHASE_FLOW, OfferFeatures::transactable),
            Map.entry(PublishStep.PUBLISH_TEST_DRIVE_DATA, OfferFeatures::testDrive),
            Map.entry(PublishStep.PUBLISH_TEST_DRIVE_PROVISIONING, OfferFeatures::testDrive),
            Map.entry(PublishStep.PUBLISH_LEAD_MANAGEMENT, OfferFeatures::leads),
            Map.entry(PublishStep.FINAL_PUBLISH, ALWAYS)));

    public OfferTypeProfile {
        sections = Collections.unmodifiableMap(new EnumMap<>(sections));
        steps = Collections.unmodifiableMap(new EnumMap<>(steps));
        audienceTypes = Collections.unmodifiableSet(EnumSet.copyOf(audienceTypes));
    }

    /** All sections and steps, with audiences of ids of these types. */
    static OfferTypeProfile withAudienceOf(AudienceType... types) {
        return new OfferTypeProfile(ALL_SECTIONS, ALL_STEPS, Set.of(types));
    }

    /** Whether a section has to be complete for a submit of an offer with these features. */
    public boolean needs(SectionId section, OfferFeatures features) {
        return sections.containsKey(section) && sections.get(section).test(features);
    }

    /** The steps of a run of an offer with these features. */
    public List<PublishStep> stepsOf(OfferFeatures features) {
        return steps.keySet().stream().filter(step -> steps.get(step).test(features)).toList();
    }
}
