package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OfferTypeProfile;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the profile of an offer type decides: which sections have to be complete, and which steps a run has. */
class OfferTypeTest {

    private static final OfferFeatures EVERYTHING = new OfferFeatures(true, true, true);

    @ParameterizedTest
    @EnumSource
    void b57EveryTypeSkipsSectionsAndStepsOfDisabledFeatures(OfferType type) {
        assertThat(SectionId.values()).allMatch(section -> type.profile().needs(section, EVERYTHING));
        assertThat(type.profile().stepsOf(EVERYTHING)).containsExactly(PublishStep.values());
        assertThat(SectionId.values()).filteredOn(section -> !type.profile().needs(section, OfferFeatures.NONE))
                .containsExactly(SectionId.TECHNICAL_CONFIGURATION, SectionId.PLAN_OVERVIEW, SectionId.TEST_DRIVE);
        assertThat(type.profile().stepsOf(OfferFeatures.NONE)).containsExactly(PublishStep.CERTIFICATION,
                PublishStep.PREVIEW_CREATION,
                PublishStep.PUBLISHER_SIGN_OFF, PublishStep.FINAL_PUBLISH);
    }

    @Test
    void aProfileNeedsOnlyTheSectionsAndStepsItNames() {
        OfferTypeProfile profile = new OfferTypeProfile(Map.of(SectionId.PROPERTIES, OfferFeatures::transactable),
                Map.of(PublishStep.FINAL_PUBLISH, setup -> true, PublishStep.CERTIFICATION, OfferFeatures::leads),
                        Set.of(AudienceType.TENANT));
        assertThat(SectionId.values()).filteredOn(section -> profile.needs(section, EVERYTHING))
                .containsExactly(SectionId.PROPERTIES);
        assertThat(profile.needs(SectionId.PROPERTIES, OfferFeatures.NONE)).isFalse();
        assertThat(profile.stepsOf(EVERYTHING)).containsExactly(PublishStep.CERTIFICATION, PublishStep.FINAL_PUBLISH);
        assertThat(profile.stepsOf(OfferFeatures.NONE)).containsExactly(PublishStep.FINAL_PUBLISH);
    }
}
