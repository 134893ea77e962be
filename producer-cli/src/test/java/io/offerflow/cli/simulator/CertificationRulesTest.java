package io.offerflow.cli.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferType;
import io.offerflow.avro.Plan;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.SubmittedPlan;
import io.offerflow.avro.SubmittedSection;
import io.offerflow.contract.GeneratedClasses;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificationRulesTest {

    private static final String GOOD = "Plans shifts for teams of any size, and shows who is where. ".repeat(8);

    @BeforeAll
    static void trustOurOwnClasses() {
        // generated builders look up defaults through Avro, which trusts no class until told to
        assertThat(GeneratedClasses.model()).isNotNull();
    }

    @Test
    void anOrdinaryListingPassesWithoutRemarks() {
        StepRequest request = certify(listing -> listing);
        assertThat(CertificationRules.failures(request)).isEmpty();
        assertThat(CertificationRules.remarks(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lorem ipsum dolor", "[insert customer story]", "placeholder text", "to be written",
        "TBD", "TODO: ask sales", "best in the world", "the world's leading planner", "number one in the market",
        "100% secure", "guaranteed savings"})
    void placeholdersAndClaimsFailAndAreQuoted(String passage) {
        StepRequest request = certify(listing -> listing.setDescription(GOOD + passage + " and more."));
        assertThat(CertificationRules.failures(request)).singleElement()
                .satisfies(message -> assertThat(message.getText()).contains("description: found \""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"todo lists for every team", "works best in the morning", "a leading zero", "Xxxl sizes"})
    void ordinaryWordsThatLookSimilarPass(String passage) {
        StepRequest request = certify(listing -> listing.setDescription(GOOD + passage + "."));
        assertThat(CertificationRules.failures(request)).isEmpty();
    }

    @Test
    void placeholdersAreFoundInEveryTextCustomersRead() {
        assertThat(CertificationRules.failures(certify(listing -> listing.setSummary("TBD")))).hasSize(1);
        assertThat(CertificationRules.failures(certify(listing -> listing.setGettingStarted("TODO")))).hasSize(1);
        assertThat(CertificationRules.failures(certify(listing -> listing.setName("Lorem ipsum")))).hasSize(1);
    }

    @Test
    void aPrivacyPolicyWithoutHttpsFails() {
        assertThat(CertificationRules.failures(
                certify(listing -> listing.setPrivacyPolicyUrl("http://contoso.example/privacy"))))
                .extracting(StepMessage::getCode).containsExactly("100.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[insert support hours]", "Price TBD", "LOREM IPSUM dolor"})
    void aPlanWithAnUnfinishedTextFailsAndIsNamed(String passage) {
        StepRequest request = certify(listing -> listing);
        request.getPlans().addAll(List.of(plan("basic", "For small teams."), plan("team", "For teams. " + passage)));
        assertThat(CertificationRules.failures(request)).singleElement().satisfies(message -> {
            assertThat(message.getCode()).isEqualTo("100.3.1");
            assertThat(message.getText()).startsWith("Plan \"team\", description: found \"");
        });
    }

    @Test
    void ordinaryPlansAndPlansWithoutADescriptionPass() {
        StepRequest request = certify(listing -> listing);
        request.getPlans().addAll(List.of(plan("basic", "A todo list for everybody."), plan("team", null)));
        assertThat(CertificationRules.failures(request)).isEmpty();
    }

    @Test
    void aReportHasAtMostThreeLines() {
        assertThat(CertificationRules.failures(certify(listing -> listing
                .setDescription("Lorem ipsum. TODO. Best in the world.")
                .setPrivacyPolicyUrl("http://contoso.example/privacy")))).hasSize(3);
    }

    @Test
    void aShortDescriptionAndAPlainSupportPageAreOnlyRemarkedOn() {
        StepRequest request = certify(listing -> listing.setDescription("Plans shifts.")
                .setSupportUrl("http://contoso.example/help"));
        assertThat(CertificationRules.failures(request)).isEmpty();
        assertThat(CertificationRules.remarks(request)).extracting(StepMessage::getCode)
                .containsExactly("100.2.2", "100.1.4");
    }

    private static SubmittedPlan plan(String planId, String description) {
        return new SubmittedPlan(planId, Plan.newBuilder().setName(planId).setDescription(description).build());
    }

    private static StepRequest certify(UnaryOperator<OfferListing.Builder> change) {
        OfferListing listing = change.apply(OfferListing.newBuilder().setName("Shift planner")
                .setSummary("Shifts without spreadsheets").setDescription(GOOD).setGettingStarted("Sign in.")
                .setPrivacyPolicyUrl("https://contoso.example/privacy")
                .setSupportUrl("https://contoso.example/help")).build();
        return StepRequest.newBuilder().setPublisherId("contoso").setOfferId("shifts").setOfferType(OfferType.SAAS)
                .setSubmission(1L).setStep(StepName.CERTIFICATION).setRequestedAt(Instant.EPOCH)
                .setEstimatedMinutes(60)
                .setSections(List.of(new SubmittedSection(SectionName.OFFER_LISTING, listing))).build();
    }
}
