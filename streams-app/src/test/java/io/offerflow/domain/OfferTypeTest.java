package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the profile of an offer type decides: which sections have to be complete, and which steps a run has. */
class OfferTypeTest {

    private static final Setup EVERYTHING = new Setup(true, true, true);

    @ParameterizedTest
    @EnumSource
    void b57EveryTypeHasAllSectionsAndStepsAndLeavesOutThoseOfFeaturesThatAreOff(OfferType type) {
        assertThat(SectionId.values()).allMatch(section -> type.profile().needs(section, EVERYTHING));
        assertThat(type.profile().stepsOf(EVERYTHING)).containsExactly(Step.values());
        assertThat(SectionId.values()).filteredOn(section -> !type.profile().needs(section, Setup.NONE))
                .containsExactly(SectionId.TECHNICAL_CONFIGURATION, SectionId.PLAN_OVERVIEW, SectionId.TEST_DRIVE);
        assertThat(type.profile().stepsOf(Setup.NONE)).containsExactly(Step.CERTIFICATION, Step.PREVIEW_CREATION,
                Step.PUBLISHER_SIGN_OFF, Step.FINAL_PUBLISH);
    }

    @Test
    void aProfileNeedsOnlyTheSectionsAndStepsItNames() {
        OfferTypeProfile profile = new OfferTypeProfile(Map.of(SectionId.PROPERTIES, Setup::transactable),
                Map.of(Step.FINAL_PUBLISH, setup -> true, Step.CERTIFICATION, Setup::leads), Set.of(AudienceType.TENANT));
        assertThat(SectionId.values()).filteredOn(section -> profile.needs(section, EVERYTHING))
                .containsExactly(SectionId.PROPERTIES);
        assertThat(profile.needs(SectionId.PROPERTIES, Setup.NONE)).isFalse();
        assertThat(profile.stepsOf(EVERYTHING)).containsExactly(Step.CERTIFICATION, Step.FINAL_PUBLISH);
        assertThat(profile.stepsOf(Setup.NONE)).containsExactly(Step.FINAL_PUBLISH);
    }
}
