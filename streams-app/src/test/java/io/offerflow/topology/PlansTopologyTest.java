package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.DeleteDraftPlan;
import io.offerflow.avro.Document;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.LeadDestination;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Problem;
import io.offerflow.avro.Properties;
import io.offerflow.avro.Reason;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.Storefront;
import io.offerflow.avro.StorefrontPlan;
import io.offerflow.avro.StorefrontTestDrive;
import io.offerflow.avro.SubmittedPlan;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.TestDrive;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What plans make appear on plan-status, storefront and step-requests, and that no edit ever leaks out early. */
class PlansTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    private static final String GUID = "0b1c2d3e-0000-4000-8000-00000000000a";
    private static final Document MANUAL =
            new Document("manual.pdf", "https://www.contoso.example/manual.pdf", "application/pdf");

    private final TopologyHarness bench = TopologyHarness.start();
    private final OfferDriver publisher = new OfferDriver(bench, OFFER, START);

    @BeforeEach
    void aTransactableDraftWithATestDrive() {
        publisher.draft().send(Envelopes.save(OFFER, setup()))
                .send(Envelopes.save(OFFER, TechnicalConfiguration.newBuilder()
                        .setLandingPageUrl("https://www.contoso.example/welcome")
                        .setWebhookUrl("https://www.contoso.example/hook").setTenantId(GUID).setAppId(GUID).build()))
                .send(Envelopes.save(OFFER, TestDrive.newBuilder().setDescription("Try it for a day.")
                        .setUserManual(MANUAL).setDurationHours(24).setAccessInformation("Ask at the desk.")
                        .setSubscriptionId(GUID).setTenantId(GUID).setAppId(GUID)
                        .setAppKeyReference("vault://contoso/test-drive").build()));
        bench.skip();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aPlanHasARowOfItsOwnInThePartitionOfItsOffer() {
        publisher.send(Envelopes.command(OFFER, new CreatePlan("gold", plan("Gold", "PUBLIC"))));
        PlanStatus row = row("gold");
        assertThat(row.getState()).isEqualTo(PlanState.DRAFT);
        assertThat(row.getName()).isEqualTo("Alias of Gold");
        assertThat(row.getOnSale()).isFalse();
        assertThat(row.getPrivateOnSale()).isNull();
        assertThat(row.getProblems()).isEmpty();
        bench.journal();
        assertThat(bench.outcome().getDraftVersion()).isPositive().isEqualTo(row.getSavedAtVersion());
        assertThat(bench.status().getSections()).anySatisfy(section ->
                assertThat(section.getSection()).isEqualTo(SectionName.PLAN_OVERVIEW));
        bench.andNothingElse();

        publisher.send(Envelopes.command(OFFER, new UpdatePlan("gold", Plan.newBuilder().build(), List.of("name"),
                null)));
        assertThat(row("gold").getProblems()).containsExactly(
                new Problem(SectionName.PLAN_OVERVIEW, "plans[gold].name", "has to be given", "nothing"));
    }

    @Test
    void aDeletedPlanLeavesATombstone() {
        publisher.send(Envelopes.command(OFFER, new CreatePlan("gold", plan("Gold", "PUBLIC"))));
        bench.skip();
        publisher.send(Envelopes.command(OFFER, new DeleteDraftPlan("gold", true)));
        TestRecord<byte[], byte[]> gone = bench.raw(Topic.PLAN_STATUS);
        assertThat(new String(gone.key(), StandardCharsets.UTF_8)).isEqualTo("contoso/shift-planner/gold");
        assertThat(gone.value()).isNull();
    }

    @Test
    void certificationGetsThePlansAsTheyWereSubmitted() {
        plans();
        publisher.send(Envelopes.submit(OFFER));
        pipeline("PURCHASE_FLOW", "TEST_DRIVE_DATA", "TEST_DRIVE_PROVISIONING");
        publisher.send(Envelopes.command(OFFER, new UpdatePlan("gold", description("Too late."), List.of(), null)));
        bench.skip();
        pipeline("LEAD_MANAGEMENT");
        StepRequest request = bench.request();
        assertThat(request.getPlans()).containsExactly(new SubmittedPlan("gold", plan("Gold", "PUBLIC")),
                new SubmittedPlan("inner", plan("Inner", "PRIVATE")), new SubmittedPlan("silver",
                        plan("Silver", "PUBLIC")));
        assertThat(request.getSections()).hasSize(6);
    }

    @Test
    void theStorefrontIsTheSubmissionWithoutEditsOfTheRun() {
        plans();
        publisher.send(Envelopes.submit(OFFER));
        Properties edited = Properties.newBuilder().setCategories(List.of("Edited")).setStandardContract(true).build();
        publisher.send(Envelopes.save(OFFER, Contents.listing("Edited")))
                .send(Envelopes.save(OFFER, edited))
                .send(Envelopes.save(OFFER, OfferSetup.newBuilder(setup()).setTestDriveEnabled(false).build()))
                .send(Envelopes.save(OFFER, TestDrive.newBuilder().setDescription("Edited").build()))
                .send(Envelopes.command(OFFER, new UpdatePlan("gold", description("Edited"), List.of(), null)))
                .send(Envelopes.command(OFFER, new CreatePlan("bronze", plan("Edited", "PUBLIC"))));
        goLive();

        OfferListing listing = OfferListing.newBuilder((OfferListing) Contents.listingOnly().stream()
                .filter(OfferListing.class::isInstance).findFirst().orElseThrow()).setEngineeringContact(null).build();
        Storefront storefront = bench.storefront();
        assertThat(storefront).isEqualTo(new Storefront("contoso", "shift-planner",
                io.offerflow.avro.OfferType.SAAS, 1L, 1L, publisher.clock(), true, null, null, null,
                Contents.properties(), listing,
                new StorefrontTestDrive("LOGIC_APP", "Try it for a day.", MANUAL, 24, List.of()),
                List.of(new StorefrontPlan("gold", shown("Gold"), null),
                        new StorefrontPlan("silver", shown("Silver"), null))));
        assertThat(storefront.toString()).doesNotContain("Edited", "Inner", "vault://", GUID, "Ask at the desk");
        assertThat(bench.has(Topic.STOREFRONT)).isFalse();
    }

    @Test
    void goLiveSellsEveryPlanAndAStopTakesAllOffSale() {
        plans();
        publisher.send(Envelopes.submit(OFFER));
        goLive();
        assertThat(List.of(row("gold"), row("inner"), row("silver"))).allSatisfy(plan -> {
            assertThat(plan.getState()).isEqualTo(PlanState.LIVE);
            assertThat(plan.getOnSale()).isTrue();
            assertThat(plan.getUnpublishedChanges()).isFalse();
        }).extracting(PlanStatus::getPrivateOnSale).containsExactly(false, true, false);

        publisher.send(Envelopes.stopSelling(OFFER));
        bench.skip();
        bench.pass(Duration.ofHours(5));
        assertThat(List.of(row("gold"), row("inner"), row("silver"))).extracting(PlanStatus::getState)
                .containsOnly(PlanState.NOT_SOLD); // P15
        assertThat(bench.raw(Topic.STOREFRONT).value()).as("off sale, off the storefront").isNull(); // S26
    }

    @Test
    void e11B3ADeletedPlanThatWasSoldKeepsARowForItsCustomers() {
        plans();
        publisher.send(Envelopes.submit(OFFER));
        goLive();
        publisher.send(Envelopes.stopSelling(OFFER));
        bench.pass(Duration.ofHours(5));
        bench.skip();
        publisher.send(Envelopes.command(OFFER, new DeleteDraftPlan("gold", true)));
        bench.journal();
        PlanStatus gold = row("gold");
        assertThat(gold.getState()).isEqualTo(PlanState.DELETED);
        assertThat(gold.getName()).isNull();
        assertThat(gold.getEndedOfferEpochs()).containsExactly(new EndedEpoch(1L, 1L));

        bench.skip();
        publisher.send(Envelopes.delete(OFFER));
        assertThat(List.of(row("inner"), row("silver"))).extracting(PlanStatus::getState)
                .containsOnly(PlanState.DELETED);
    }

    @Test
    void anEditAfterwardsShowsOnThePlanAndNotOnTheStorefront() {
        plans();
        publisher.send(Envelopes.submit(OFFER));
        goLive();
        bench.skip();
        publisher.send(Envelopes.command(OFFER, new UpdatePlan("gold", description("Better."), List.of(), null)));
        PlanStatus gold = row("gold");
        assertThat(gold.getState()).isEqualTo(PlanState.LIVE);
        assertThat(gold.getUnpublishedChanges()).isTrue();
        assertThat(bench.has(Topic.STOREFRONT)).isFalse();
    }

    @Test
    void aRefusedPlanCommandSaysWhyAndTouchesNoRow() {
        publisher.send(Envelopes.command(OFFER, new CreatePlan("gold",
                Plan.newBuilder(plan("Gold", "PUBLIC")).setLanguage("fr-FR").build())));
        assertThat(bench.outcome().getReason()).isEqualTo(Reason.LANGUAGE_NOT_SUPPORTED);
        bench.journal();
        bench.andNothingElse();
    }

    private void plans() {
        publisher.send(Envelopes.command(OFFER, new CreatePlan("gold", plan("Gold", "PUBLIC"))))
                .send(Envelopes.command(OFFER, new CreatePlan("silver", plan("Silver", "PUBLIC"))))
                .send(Envelopes.command(OFFER, new CreatePlan("inner", plan("Inner", "PRIVATE"))))
                .send(Envelopes.command(OFFER, new AddAudienceId("inner", GUID, "TENANT", null)));
        bench.skip();
    }

    private void pipeline(String... steps) {
        for (String step : steps) {
            publisher.send(Envelopes.succeeded(OFFER, 1, step));
        }
    }

    private void goLive() {
        pipeline("PURCHASE_FLOW", "TEST_DRIVE_DATA", "TEST_DRIVE_PROVISIONING", "LEAD_MANAGEMENT", "CERTIFICATION",
                "PREVIEW_CREATION");
        publisher.send(Envelopes.goLive(OFFER));
        pipeline("PUBLISH_PURCHASE_FLOW", "PUBLISH_TEST_DRIVE_DATA", "PUBLISH_TEST_DRIVE_PROVISIONING",
                "PUBLISH_LEAD_MANAGEMENT");
        bench.skip();
        pipeline("FINAL_PUBLISH");
    }

    private PlanStatus row(String planId) {
        TestRecord<byte[], byte[]> record = bench.raw(Topic.PLAN_STATUS);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("contoso/shift-planner/" + planId);
        return (PlanStatus) bench.decode(Topic.PLAN_STATUS, record.value());
    }

    private static OfferSetup setup() {
        return OfferSetup.newBuilder().setSellThroughMicrosoft(true)
                .setLeadDestination(new LeadDestination("HTTPS_ENDPOINT", "https://crm.contoso.example/leads"))
                .setTestDriveEnabled(true).setTestDriveType("LOGIC_APP").build();
    }

    private static Plan plan(String name, String visibility) {
        return Plan.newBuilder().setAlias("Alias of " + name).setLanguage("en-US").setName(name)
                .setDescription("All of " + name + ".").setMarkets(List.of("DE", "FR")).setPricingModel("FLAT_RATE")
                .setVisibility(visibility)
                .setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build();
    }

    private static Plan shown(String name) {
        return Plan.newBuilder(plan(name, "PUBLIC")).setAlias(null).build();
    }

    private static Plan description(String text) {
        return Plan.newBuilder().setDescription(text).build();
    }
}
