package io.offerflow.domain.rules;

import static io.offerflow.domain.Contents.group;
import static io.offerflow.domain.Contents.times;
import static io.offerflow.domain.Contents.with;
import static io.offerflow.domain.Contents.without;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.Contents;
import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 6.2 of domain.md, every field: what is needed, and every limit at its edge and one beyond. */
class SectionCompletenessRulesTest {

    private static final List<Content> COMPLETE = List.of(Contents.listingOnlySetup(), Contents.transactableSetup(),
            Contents.testDriveSetup("LOGIC_APP"), Contents.properties(), Contents.listing(), Contents.preview(),
            Contents.technical(), Contents.testDrive());

    @ParameterizedTest
    @MethodSource("completeSections")
    void theCompleteSectionsAreComplete(Content content) {
        assertThat(paths(content)).isEmpty();
    }

    static Stream<Content> completeSections() {
        return COMPLETE.stream();
    }

    static Stream<Arguments> needed() {
        Map<Content, List<String>> needed = Map.of(
                Contents.listingOnlySetup(), List.of("sellThroughMicrosoft", "callToAction", "offerUrl"),
                Contents.transactableSetup(), List.of("leadDestination"),
                Contents.testDriveSetup("LOGIC_APP"), List.of("testDriveType"),
                Contents.properties(), List.of("categories"),
                Contents.listing(), List.of("name", "summary", "description", "gettingStarted", "privacyPolicyUrl",
                        "supportContact", "supportUrl", "engineeringContact", "documents", "screenshots", "largeLogo"),
                Contents.preview(), List.of("testers"),
                Contents.technical(), List.of("landingPageUrl", "webhookUrl", "tenantId", "appId"),
                Contents.testDrive(), List.of("description", "userManual", "durationHours", "accessInformation",
                        "subscriptionId", "tenantId", "appId", "appKeyReference"));
        return needed.entrySet().stream().flatMap(section -> section.getValue().stream()
                .map(field -> Arguments.of(section.getKey().section(), field, section.getKey())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("needed")
    void whatIsNeededAndMissingIsNamed(SectionId section, String field, Content complete) {
        assertThat(paths(without(complete, field))).contains(field);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                text(Contents.listing(), "name", 50), text(Contents.listing(), "summary", 100),
                text(Contents.listing(), "description", 3_000), text(Contents.listing(), "gettingStarted", 3_000),
                text(Contents.properties(), "termsOfUse", 10_000),
                text(Contents.testDrive(), "description", 3_000),
                text(Contents.testDrive(), "accessInformation", 10_000),
                list(Contents.properties(), "categories", 3, "Productivity"),
                list(Contents.properties(), "industries", 2, group("name", "Retail")),
                list(Contents.listing(), "keywords", 3, "shift"),
                list(Contents.listing(), "documents", 3, Contents.pdf()),
                list(Contents.listing(), "screenshots", 5, Contents.png(1280, 720)),
                list(Contents.listing(), "videos", 4, Contents.video()),
                list(Contents.preview(), "testers", 10, group("email", "a@example.com")),
                list(Contents.preview(), "importedTesters", 20, group("email", "a@example.com")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("limits")
    void atTheLimitItIsCompleteAndOneBeyondItIsNot(SectionId section, String field, Content atLimit, Content beyond) {
        assertThat(paths(atLimit)).isEmpty();
        assertThat(paths(beyond)).containsExactly(field);
    }

    @Test
    void textsAreCountedInCodePoints() {
        String outsideTheBmp = "𝒳";
        assertThat(outsideTheBmp).hasSize(2);
        assertThat(paths(with(Contents.listing(), "description", outsideTheBmp.repeat(3_000)))).isEmpty();
        OfferScenario offer = offer().draft().saved(with(Contents.listing(), "description",
                outsideTheBmp.repeat(3_001)));
        assertThat(offer.state().problems(SectionId.OFFER_LISTING)).containsExactly(new Problem(
                SectionId.OFFER_LISTING, "description", "at most 3,000 characters", "3,001"));
    }

    @Test
    void linksAndFileNamesHaveAtMost255Characters() {
        assertThat(paths(with(Contents.listing(), "usefulLinks", List.of(group("title", "x".repeat(256), "url",
                "https://example.com"))))).containsExactly("usefulLinks[0].title");
        assertThat(paths(with(Contents.listing(), "documents", List.of(group("fileName", "x".repeat(256), "url",
                "https://example.com/a.pdf", "mediaType", "application/pdf")))))
                        .containsExactly("documents[0].fileName");
        assertThat(paths(with(Contents.testDrive(), "userManual", group("fileName", "x".repeat(256), "url",
                "https://example.com/a.pdf", "mediaType", "application/pdf")))).containsExactly("userManual.fileName");
    }

    @Test
    void picturesHaveTheirSizeAndFormat() {
        assertThat(paths(with(Contents.listing(), "screenshots", List.of(Contents.png(1280, 719)))))
                .containsExactly("screenshots[0].heightPx");
        assertThat(paths(with(Contents.listing(), "largeLogo", Contents.png(48, 48))))
                .containsExactlyInAnyOrder("largeLogo.widthPx", "largeLogo.heightPx");
        assertThat(paths(with(Contents.listing(), "smallLogo", Contents.png(48, 48)))).isEmpty(); // B76
        assertThat(paths(with(Contents.listing(), "smallLogo", Contents.png(216, 216)))).hasSize(2);
        assertThat(paths(with(Contents.listing(), "largeLogo", group("url", "https://example.com/a.gif", "mediaType",
                "image/gif", "widthPx", 216, "heightPx", 216)))).containsExactly("largeLogo.mediaType");
    }

    @Test
    void videosLieAtTwoSitesAndTheirThumbnailsDependOnTheSection() {
        Value.Struct elsewhere = group("name", "Tour", "url", "https://youtube.com.evil.example/watch", "thumbnail",
                Contents.png(1280, 720));
        assertThat(paths(with(Contents.listing(), "videos", List.of(elsewhere)))).containsExactly("videos[0].url");
        assertThat(paths(with(Contents.testDrive(), "videos", List.of(Contents.video())))).containsExactlyInAnyOrder(
                "videos[0].thumbnail.widthPx", "videos[0].thumbnail.heightPx");
    }

    @Test
    void addressesBeginWithHttpAndLandingPagesHaveNoHash() {
        assertThat(paths(with(Contents.listing(), "privacyPolicyUrl", "ftp://example.com"))).hasSize(1);
        assertThat(paths(with(Contents.listing(), "supportUrl", "not an address"))).hasSize(1);
        assertThat(paths(with(Contents.technical(), "landingPageUrl", "https://example.com/#/welcome"))).hasSize(1);
        assertThat(paths(with(Contents.technical(), "tenantId", "contoso"))).containsExactly("tenantId");
    }

    @Test
    void contactsHaveNameMailAndPhone() {
        assertThat(paths(with(Contents.listing(), "supportContact", group("name", "Desk", "email", "nobody"))))
                .containsExactlyInAnyOrder("supportContact.email", "supportContact.phone");
    }

    @Test
    void theCallToActionDecidesWhichAddressIsNeeded() {
        Content trial = with(Contents.listingOnlySetup(), "callToAction", "FREE_TRIAL");
        assertThat(paths(trial)).containsExactly("trialUrl");
        assertThat(paths(with(trial, "trialUrl", "https://example.com/try"))).isEmpty();
        assertThat(paths(with(Contents.listingOnlySetup(), "callToAction", "CONTACT_ME")))
                .containsExactly("leadDestination");
    }

    @Test
    void termsOfUseAreNeededWithoutTheStandardContract() {
        assertThat(paths(without(Contents.properties(), "standardContract"))).containsExactly("termsOfUse");
    }

    @Test
    void b57TheTechnicalConfigurationIsTheSameForEveryKindOfOffer() {
        for (OfferType kind : OfferType.values()) {
            offer().given(new Command.CreateOffer(kind.name(), "Planner"))
                    .saved(Contents.of(SectionId.TECHNICAL_CONFIGURATION)).problems(SectionId.TECHNICAL_CONFIGURATION,
                            "landingPageUrl", "webhookUrl", "tenantId", "appId");
        }
    }

    @Test
    void b58APowerBiTestDriveNeedsNoTechnicalFields() {
        Content bare = Contents.of(SectionId.TEST_DRIVE, "description", "Try it.", "userManual", Contents.pdf());
        offer().draft().saved(Contents.testDriveSetup("POWER_BI")).saved(bare)
                .section(SectionId.TEST_DRIVE, SectionState.COMPLETE);
        offer().draft().saved(Contents.testDriveSetup("DYNAMICS_365_OPERATIONS")).saved(bare)
                .problems(SectionId.TEST_DRIVE, "durationHours", "tenantId", "appId", "appKeyReference");
    }

    @Test
    void b58AnotherKindOfTestDriveAssessesTheTestDriveAnew() {
        offer().draft().saved(Contents.testDriveSetup("POWER_BI"))
                .saved(Contents.of(SectionId.TEST_DRIVE, "description", "Try it.", "userManual", Contents.pdf()))
                .section(SectionId.TEST_DRIVE, SectionState.COMPLETE)
                .saved(Contents.testDriveSetup("LOGIC_APP")).section(SectionId.TEST_DRIVE, SectionState.INCOMPLETE);
    }

    @Test
    void v4B56ATransactableOfferCannotBecomeListingOnly() {
        offer().transactableDraft("gold").live().saved(Contents.listingOnlySetup())
                .problems(SectionId.OFFER_SETUP, "sellThroughMicrosoft");
        offer().live().saved(Contents.transactableSetup()).section(SectionId.OFFER_SETUP,
                SectionState.UNPUBLISHED_CHANGES);
    }

    @Test
    void b56ASetupSavedDuringTheRunIsAssessedOnceTheRunIsLive() {
        offer().transactableDraft("gold").submitted().saved(Contents.listingOnlySetup())
                .section(SectionId.OFFER_SETUP, SectionState.COMPLETE).stepsDone().signedOff().stepsDone()
                .section(SectionId.OFFER_SETUP, SectionState.INCOMPLETE);
    }

    @Test
    void atMostTwentyProblemsOfASectionAreKept() {
        OfferScenario offer = offer().draft().saved(with(Contents.listing(), "usefulLinks", times(40, group())));
        assertThat(offer.state().problems(SectionId.OFFER_LISTING)).hasSize(20);
    }

    private static List<String> paths(Content content) {
        OfferScenario offer = offer().draft();
        if (content.section() == SectionId.TEST_DRIVE) {
            offer.saved(Contents.testDriveSetup("LOGIC_APP"));
        }
        return offer.saved(content).state().problems(content.section()).stream().map(Problem::path).toList();
    }

    private static Arguments text(Content complete, String field, int most) {
        return Arguments.of(complete.section(), field, with(complete, field, "𝒳".repeat(most)),
                with(complete, field, "𝒳".repeat(most + 1)));
    }

    private static Arguments list(Content complete, String field, int most, Object item) {
        List<Object> atLimit = new ArrayList<>(times(most, item));
        return Arguments.of(complete.section(), field, with(complete, field, atLimit),
                with(complete, field, times(most + 1, item)));
    }
}
