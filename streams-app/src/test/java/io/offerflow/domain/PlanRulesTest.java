package io.offerflow.domain;

import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.clear;
import static io.offerflow.domain.Contents.group;
import static io.offerflow.domain.Contents.plan;
import static io.offerflow.domain.Contents.times;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.PlanStatus;
import io.offerflow.domain.model.Command.CreatePlan;
import io.offerflow.domain.model.Command.DeleteDraftPlan;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.Command.UpdatePlan;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.outputs.PlanStatusProjection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans: rows P1–P7 and P16, rules V10–V18 and V24, with what D- and B-rows settle about them. */
class PlanRulesTest {

    private static final SubmitOffer SUBMIT = new SubmitOffer(Optional.empty());

    @Nested
    class Commands {

        @ParameterizedTest
        @EnumSource(value = OfferScenarios.class, mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "DELETED", "DELETED_SOLD"})
        void p1P2PlansAreCreatedAndChangedInEveryStatus(OfferScenarios state) {
            OfferScenario offer = state.given();
            Status before = offer.facts().status();
            offer.when(new CreatePlan("gold", plan("Gold"))).accepted().status(before)
                    .when(new UpdatePlan("gold", change("description", "More."), Optional.empty())).accepted()
                    .status(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Gold", "gold plan", "gold/1",
                "012345678901234567890123456789012345678901234567890"})
        void p1V2OtherIdsAreRefused(String planId) {
            offer().draft().when(new CreatePlan(planId, plan("Gold"))).rejected(Rule.V2, Reason.INVALID_ID);
        }

        @Test
        void p1TheSameIdTwiceIsRefused() {
            offer().draft().planned("gold", plan("Gold")).when(new CreatePlan("gold", plan("Other")))
                    .rejected(Rule.P1, Reason.PLAN_EXISTS);
        }

        @Test
        void p1V12TheHundredAndFirstPlanIsRefused() {
            OfferScenario offer = offer().draft();
            for (int i = 0; i < 100; i++) {
                offer.planned("plan-" + i, plan("Plan " + i));
            }
            offer.when(new CreatePlan("one-more", plan("One more")))
                    .rejected(Rule.V12, Reason.PLAN_LIMIT).because("100");
        }

        @Test
        void b35TheFortySixthPrivatePlanIsRefusedWhenCreatedAndIncompleteWhenChanged() {
            OfferScenario offer = offer().draft();
            for (int i = 0; i < 45; i++) {
                offer.planned("plan-" + i, hidden("Plan " + i)).given(AudienceCommands.add("plan-" + i, 1));
            }
            offer.when(new CreatePlan("one-more", hidden("One more")))
                    .rejected(Rule.B35, Reason.PLAN_LIMIT).because("45");
            offer.planned("one-more", plan("One more")).section(SectionId.PLAN_OVERVIEW, SectionState.COMPLETE)
                    .planned("one-more", change("visibility", "PRIVATE")).given(AudienceCommands.add("one-more", 1))
                    .problems(SectionId.PLAN_OVERVIEW, "plans");
        }

        @Test
        void v11S13AnotherLanguageIsRefused() {
            offer().draft().when(new CreatePlan("gold", change("language", "fr-FR")))
                    .rejected(Rule.V11, Reason.LANGUAGE_NOT_SUPPORTED).because("en-US", "fr-FR");
            offer().draft().planned("gold", change("language", "en-US"))
                    .when(new UpdatePlan("gold", change("language", "en-GB"), Optional.empty()))
                    .rejected(Rule.V11, Reason.LANGUAGE_NOT_SUPPORTED);
        }

        @Test
        void wrongFormIsMalformedWithTheClosestName() {
            offer().draft().when(new CreatePlan("gold", change("pricingModel", "FLATRATE")))
                    .rejected(Rule.V14, Reason.MALFORMED)
                    .because("FLAT_RATE?");
            offer().draft().when(new CreatePlan("gold", change("visibility", "public")))
                    .rejected(Rule.V18, Reason.MALFORMED)
                    .because("PUBLIC?");
            offer().draft().when(new CreatePlan("gold", change("terms", List.of(group("term", "MONTH", "price", "1")))))
                    .rejected(Rule.V15, Reason.MALFORMED).because("MONTHLY?");
            offer().draft().when(new CreatePlan("gold", change("terms",
                    List.of(group("term", "MONTHLY", "price", "49,00")))))
                    .rejected(Rule.V15, Reason.MALFORMED).because("49,00");
            offer().draft().when(new CreatePlan("gold", change("meteredDimensions", List.of(group("price", "free")))))
                    .rejected(Rule.V24, Reason.MALFORMED).because("free");
            offer().draft().planned("gold", plan("Gold")).when(new UpdatePlan("gold", clear("descripton"),
                    Optional.empty()))
                    .rejected(Rule.B25, Reason.MALFORMED).because("description?");
            offer().draft().when(new CreatePlan("gold", change("alias", "x".repeat(126))))
                    .rejected(Rule.V3, Reason.MALFORMED);
            offer().draft().when(new CreatePlan("gold", change("alias", "x".repeat(125)))).accepted(); // V3
        }

        @Test
        void p2AnUnknownPlanIsToldTheClosestId() {
            offer().draft().planned("gold", plan("Gold")).when(new UpdatePlan("golden", plan("Gold"), Optional.empty()))
                    .rejected(Rule.P2, Reason.PLAN_NOT_FOUND).because("\"gold\"?");
        }

        @Test
        void b25OnlyTheFieldsGivenChangeAndThoseNamedBecomeEmpty() {
            OfferScenario offer = offer().draft().planned("gold", plan("Gold"))
                    .planned("gold", new PlanChange(group("name", "Golden"), List.of("description")));
            OfferState state = offer.state();
            assertThat(state.plan("gold", state.plans())).isEqualTo(new PlanChange(group("name", "Golden", "language",
                    "en-US"), List.of("description")).applyTo(plan("Gold").given()));
            assertThat(state.plan("gold", state.plans()).text("name")).contains("Golden");
            assertThat(state.plan("gold", state.plans()).get("description")).isEmpty();
            assertThat(state.plan("gold", state.plans()).items("markets")).hasSize(3);
        }

        @Test
        void b23APlanHasNoFieldForItsAudience() {
            offer().draft().planned("gold", plan("Gold"))
                    .when(new UpdatePlan("gold", clear("audience"), Optional.empty()))
                    .rejected(Rule.B23, Reason.MALFORMED);
        }

        @Test
        void b42AChangeThatChangesNothingIsNoNewVersion() {
            OfferScenario offer = offer().draft().planned("gold", plan("Gold"));
            long version = offer.facts().revision();
            offer.when(new UpdatePlan("gold", plan("Gold"), Optional.empty())).accepted(new Event[0]).by(Rule.B42);
            assertThat(offer.facts().revision()).isEqualTo(version);
        }

        @Test
        void b69APlanThatNamesNoLanguageIsInEnglish() {
            OfferScenario offer = offer().draft().planned("gold", new PlanChange(group("name", "Gold"), List.of()));
            assertThat(offer.state().plan("gold", offer.state().plans())).isEqualTo(
                    group("name", "Gold", "language", "en-US"));
            long version = offer.facts().revision();
            offer.when(new UpdatePlan("gold", change("language", "en-US"), Optional.empty())).accepted(new Event[0])
                    .by(Rule.B42)
                    .when(new UpdatePlan("gold", clear("language"), Optional.empty())).accepted(new Event[0]);
            assertThat(offer.facts().revision()).isEqualTo(version);
        }

        @Test
        void b76APlanNeedsNoDescriptionButOneThatIsTooLongIsAProblem() {
            offer().transactableDraft("gold").planned("gold", clear("description")).problems(SectionId.PLAN_OVERVIEW)
                    .planned("gold", change("description", "x".repeat(501)))
                    .problems(SectionId.PLAN_OVERVIEW, "plans[gold].description");
        }

        @Test
        void b11APlanThatCameAndWentIsNoChangeOfAnOfferThatWasPublishedWithoutAny() {
            offer(new Policy(Duration.ofHours(4), Duration.ZERO, true, false, true, true, false, Limits.DEFAULT)).live()
                    .planned("gold", plan("Gold")).given(new DeleteDraftPlan("gold", true)).when(SUBMIT)
                    .rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
        }

        @Test
        void p5S18S19ADraftPlanOfAnOfferThatWasNeverPublishedIsDeletedAndGone() {
            OfferScenario offer = offer().draft().planned("gold", plan("Gold"))
                    .when(new DeleteDraftPlan("gold", false)).rejected(Rule.B38, Reason.CONFIRMATION_REQUIRED)
                    .when(new DeleteDraftPlan("gold", true)).accepted();
            assertThat(offer.rows().keySet()).noneMatch(RowKey.PlanKey.class::isInstance);
            offer.when(new UpdatePlan("gold", plan("Gold"), Optional.empty())).rejected(Rule.P2, Reason.PLAN_NOT_FOUND)
                    .when(new CreatePlan("gold", plan("Again"))).accepted(); // B14
        }

        @Test
        void b50WithoutAnyPlanTheOverviewIsNotStartedAndAfterTheLastOneIncomplete() {
            offer().draft().section(SectionId.PLAN_OVERVIEW, SectionState.NOT_STARTED).planned("gold", plan("Gold"))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.COMPLETE).given(new DeleteDraftPlan("gold", true))
                    .problems(SectionId.PLAN_OVERVIEW, "plans");
        }

        @Test
        void p6D3ANewPlanOfAPublishedOfferStaysUnlessTheSwitchIsSet() {
            offer().transactableDraft("gold").live().planned("silver", plan("Silver"))
                    .when(new DeleteDraftPlan("silver", true)).rejected(Rule.P6, Reason.ALREADY_PUBLISHED)
                    .because("delete.new.plan.of.published.offer");
            offer(new Policy(Duration.ofHours(4), Duration.ZERO, true, false, true, true, false, Limits.DEFAULT))
                    .transactableDraft("gold").live()
                    .planned("silver", plan("Silver")).when(new DeleteDraftPlan("silver", true)).accepted().by(Rule.D3)
                    .when(new DeleteDraftPlan("gold", true)).rejected(Rule.P7, Reason.ALREADY_PUBLISHED); // P7
        }

        @Test
        void d4B53ANewIncompletePlanBlocksAndTheAnswerNamesItAndTheSwitch() {
            offer().transactableDraft("gold").live().planned("silver", change("name", "Silver")).when(SUBMIT)
                    .rejected(Rule.O4, Reason.SECTIONS_INCOMPLETE)
                    .because("Plan \"silver\" is new", "delete.new.plan.of.published.offer");
        }

        @Test
        void p16B28PlansAreNotDeletedDuringARun() {
            for (String phase : List.of("before", "at", "after")) {
                OfferScenario offer = offer().transactableDraft("gold", "silver").submitted();
                if (!phase.equals("before")) {
                    offer.stepsDone();
                }
                if (phase.equals("after")) {
                    offer.signedOff();
                }
                offer.when(new DeleteDraftPlan("gold", false)).rejected(Rule.P16, Reason.PUBLISH_IN_PROGRESS)
                        .when(new DeleteDraftPlan("bronze", true)).rejected(Rule.B28, Reason.PLAN_NOT_FOUND);
            }
        }
    }

    @Nested
    class Publishing {

        @Test
        void aTransactableOfferNeedsAPlan() {
            offer().transactableDraft().when(SUBMIT).rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE)
                    .because("PLAN_OVERVIEW");
            offer().transactableDraft("gold").when(SUBMIT).accepted();
        }

        @Test
        void p3S15APlanBecomesLiveWithItsOffer() {
            OfferScenario offer = offer().transactableDraft("gold").live();
            assertThat(offer.state().livePlans().plans()).containsOnlyKeys("gold");
            offer.section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED);
        }

        @Test
        void p4AnEditAloneChangesNothingForCustomers() {
            OfferScenario offer = offer().transactableDraft("gold").live()
                    .planned("gold", change("description", "Another.")).planned("silver", plan("Silver"))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES);
            OfferState state = offer.state();
            assertThat(state.livePlans().plans()).containsOnlyKeys("gold");
            assertThat(state.plan("gold", state.livePlans()).text("description")).contains("All of it.");
        }

        @Test
        void d14PlansEditedDuringTheRunAreNotPartOfIt() {
            OfferScenario offer = offer().transactableDraft("gold").submitted()
                    .planned("gold", change("description", "Later.")).planned("silver", plan("Silver"))
                    .stepsDone().signedOff().stepsDone();
            OfferState state = offer.state();
            assertThat(state.livePlans().plans()).containsOnlyKeys("gold");
            assertThat(state.plan("gold", state.livePlans()).text("description")).contains("All of it.");
            assertThat(state.plan("gold", state.plans()).text("description")).contains("Later.");
        }

        @Test
        void b19PlansOfAListingOnlyOfferNeverBecomeLive() {
            OfferScenario offer = offer().completeDraft().planned("gold", plan("Gold")).live();
            assertThat(offer.state().livePlans().plans()).isEmpty();
        }

        @Test
        void b70APublishSettlesThePlansOfAListingOnlyOffer() {
            OfferScenario offer = offer().completeDraft()
                    .planned("gold", change("name", "Gold", "visibility", "PRIVATE"))
                    .given(AudienceCommands.add("gold", 1)).live();
            assertThat(row(offer).getUnpublishedChanges()).isFalse();
            assertThat(row(offer.planned("gold", change("name", "Golden"))).getUnpublishedChanges()).isTrue();
            assertThat(row(offer.live()).getUnpublishedChanges()).isFalse();
            offer.section(SectionId.PLAN_OVERVIEW, SectionState.INCOMPLETE).given(AudienceCommands.add("gold", 2));
            assertThat(row(offer).getUnpublishedChanges()).as("B11").isTrue();
            assertThat(offer.facts().changed(SectionId.PLAN_OVERVIEW)).isTrue();
            assertThat(row(offer.live()).getUnpublishedChanges()).isFalse();
        }

        private static PlanStatus row(OfferScenario offer) {
            return PlanStatusProjection.all(offer.state()).getFirst();
        }

        @Test
        void b11ThereAndBackAgainIsNoChangeForPlansEither() {
            offer().transactableDraft("gold").live().planned("gold", change("description", "B"))
                    .planned("gold", change("description", "All of it.")).when(SUBMIT)
                    .rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
        }

        @Test
        void rowsOfPlansThatNoNumberResolvesToAreDeleted() {
            OfferScenario offer = offer().transactableDraft("gold", "silver").live();
            for (int i = 0; i < 5; i++) {
                offer.planned("gold", change("description", "v" + i));
            }
            assertThat(offer.rows().keySet()).filteredOn(RowKey.PlanKey.class::isInstance).hasSize(3);
            offer.live();
            assertThat(offer.rows().keySet()).filteredOn(RowKey.PlanKey.class::isInstance).hasSize(2);
            offer.stopped().deleted();
            assertThat(offer.rows().keySet()).filteredOn(RowKey.PlanKey.class::isInstance).hasSize(2);
        }
    }

    @Nested
    class Rules {

        @Test
        void v10ANameIsNeededUniqueAndAtMost50CharactersAndADescriptionAtMost500() {
            problems(clear("name"), "plans[gold].name");
            problems(change("name", "𝒳".repeat(51)), "plans[gold].name");
            problems(change("name", "𝒳".repeat(50)));
            problems(change("description", "𝒳".repeat(501)), "plans[gold].description");
            problems(change("description", "𝒳".repeat(500)));
            offer().draft().planned("gold", plan("Same")).planned("silver", plan("Same"))
                    .problems(SectionId.PLAN_OVERVIEW, "plans");
        }

        @Test
        void v13OneTo141Markets() {
            problems(clear("markets"), "plans[gold].markets");
            problems(change("markets", times(141, "US")));
            problems(change("markets", times(142, "US")), "plans[gold].markets");
        }

        @Test
        void v14OnePricingModelForAllPlansFixedOncePublished() {
            problems(clear("pricingModel"), "plans[gold].pricingModel");
            offer().draft().planned("gold", plan("Gold")).planned("silver", plan("Silver"))
                    .planned("silver", change("pricingModel", "PER_USER")).problems(SectionId.PLAN_OVERVIEW, "plans");
            published(change("pricingModel", "PER_USER"), "plans[gold].pricingModel"); // D22
        }

        @Test
        void v15AtLeastOneTermEachWithAPriceAndNoneThatWasPublishedGoes() {
            problems(clear("terms"), "plans[gold].terms");
            problems(change("terms", List.of(group("term", "ANNUAL"))), "plans[gold].terms[0].price");
            problems(change("terms", List.of(group("term", "ANNUAL", "price", "-0.01"))), "plans[gold].terms[0].price");
            problems(change("terms", List.of(group("term", "ANNUAL", "price", "0"))));
            problems(change("terms", times(2, group("term", "ANNUAL", "price", "1"))), "plans[gold].terms");
            published(change("terms", List.of(group("term", "ANNUAL", "price", "500"))), "plans[gold].terms");
            published(change("terms", List.of(group("term", "ANNUAL", "price", "500"),
                    group("term", "MONTHLY", "price", "49.00"))));
        }

        @Test
        void d23V16ThePriceOfAPublishedPlanMayChange() {
            published(change("terms", List.of(group("term", "MONTHLY", "price", "59.00"))));
        }

        @Test
        void v17B59SeatsArePerUserAtLeastOneAndInOrder() {
            problems(change("pricingModel", "PER_USER", "seatsMin", 1, "seatsMax", 1));
            problems(change("pricingModel", "PER_USER", "seatsMin", 0), "plans[gold].seatsMin");
            problems(change("pricingModel", "PER_USER", "seatsMin", 6, "seatsMax", 5), "plans[gold].seatsMin");
            problems(change("seatsMin", 5), "plans[gold].seatsMin");
        }

        @Test
        void v18APublishedPublicPlanNeverBecomesPrivateButTheReverseMay() {
            problems(clear("visibility"), "plans[gold].visibility");
            published(change("visibility", "PRIVATE"), "plans[gold].audience", "plans[gold].visibility");
            offer().transactableDraft("gold").planned("inner", hidden("Inner")).given(AudienceCommands.add("inner", 1))
                    .live()
                    .planned("inner", change("visibility", "PUBLIC"))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES);
        }

        @Test
        void v24ThirtyDimensionsNoTrialBesideThemAndAPublishedTrialStays() {
            Object meter = group("id", "m", "name", "Messages", "unit", "message", "price", "0.01");
            problems(change("meteredDimensions", times(30, meter)));
            problems(change("meteredDimensions", times(31, meter)), "plans[gold].meteredDimensions");
            problems(change("meteredDimensions", times(1, meter), "freeTrial", true), "plans[gold].freeTrial");
            offer().transactableDraft("gold").planned("gold", change("freeTrial", true)).live()
                    .planned("gold", change("freeTrial", false))
                    .problems(SectionId.PLAN_OVERVIEW, "plans[gold].freeTrial");
        }

        @Test
        void whatWasPromisedDuringTheRunIsAssessedOnceTheRunIsLive() {
            offer().transactableDraft("gold").submitted().planned("gold", change("visibility", "PRIVATE"))
                    .given(AudienceCommands.add("gold", 1)).section(SectionId.PLAN_OVERVIEW, SectionState.COMPLETE)
                    .stepsDone().signedOff().stepsDone()
                    .problems(SectionId.PLAN_OVERVIEW, "plans[gold].visibility");
        }

        private void problems(PlanChange change, String... paths) {
            offer().draft().planned("gold", plan("Gold")).planned("gold", change)
                    .problems(SectionId.PLAN_OVERVIEW, paths);
        }

        private void published(PlanChange change, String... paths) {
            offer().transactableDraft("gold").live().planned("gold", change).problems(SectionId.PLAN_OVERVIEW, paths);
        }
    }

    private static PlanChange hidden(String name) {
        return new PlanChange(new PlanChange(group("visibility", "PRIVATE"), List.of()).applyTo(plan(name).given()),
                List.of());
    }
}
