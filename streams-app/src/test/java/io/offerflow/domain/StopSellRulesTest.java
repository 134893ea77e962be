package io.offerflow.domain;

import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.plan;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Command.AcquirePlan;
import io.offerflow.domain.model.Command.AnswerRemoval;
import io.offerflow.domain.model.Command.AskPublisher;
import io.offerflow.domain.model.Command.CompleteRemoval;
import io.offerflow.domain.model.Command.CreatePlan;
import io.offerflow.domain.model.Command.DeleteDraftPlan;
import io.offerflow.domain.model.Command.DownloadOffer;
import io.offerflow.domain.model.Command.RejectRemoval;
import io.offerflow.domain.model.Command.RequestRemoval;
import io.offerflow.domain.model.Command.ResumeSelling;
import io.offerflow.domain.model.Command.StopSellingOffer;
import io.offerflow.domain.model.Command.StopSellingPlan;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.Command.TakeRemovalRequest;
import io.offerflow.domain.model.Command.UpdatePlan;
import io.offerflow.domain.model.Command.WithdrawRemoval;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.EntitlementStatus;
import io.offerflow.domain.state.row.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Stopping plans, customers who keep what they have, and removal: rows P8–P16, E1–E14, R1–R7. */
class StopSellRulesTest {

    private static final String CUSTOMER = "0b1c2d3e-0000-4000-8000-0000000000c1";
    private static final String OTHER = "0b1c2d3e-0000-4000-8000-0000000000c2";
    private static final SubmitOffer SUBMIT = new SubmitOffer(Optional.empty());
    private static final StopSellingPlan STOP_GOLD = new StopSellingPlan("gold", Optional.empty(), true);
    private static final RequestRemoval REMOVE =
            new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", Optional.empty());

    /** Live with two plans. */
    private static OfferScenario sold() {
        return offer().transactableDraft("gold", "silver").live();
    }

    private static OfferScenario goldStopped() {
        return sold().given(STOP_GOLD).later(Duration.ofHours(4)).timePassed();
    }

    private static AcquirePlan buys(String planId) {
        return new AcquirePlan(CUSTOMER, planId);
    }

    private static DownloadOffer downloads(String planId) {
        return new DownloadOffer(CUSTOMER, planId);
    }

    private static OfferScenario gets(OfferScenario offer, Command request, long version) {
        assertThat(offer.when(request).entry().decision()).isInstanceOfSatisfying(Decision.Accepted.class,
                accepted -> assertThat(accepted.download()).contains(version));
        return offer;
    }

    private static OfferScenario nextVersion(OfferScenario offer, String name) {
        return offer.saved(Contents.with(Contents.listing(), "name", name)).live();
    }

    private static void states(OfferScenario offer, PlanState gold, PlanState silver) {
        assertThat(offer.state().planState("gold")).isEqualTo(gold);
        assertThat(offer.state().planState("silver")).isEqualTo(silver);
    }

    @Nested
    class StoppingAPlan {

        @Test
        void p9P10D8ItStopsAfterTheDelayAndTouchesNoOtherPlan() {
            OfferScenario offer = sold();
            offer.when(STOP_GOLD).accepted(new Event.PlanSellingStopRequested("gold",
                    offer.now().plus(Duration.ofHours(4))));
            states(offer, PlanState.STOP_SELL_PENDING, PlanState.LIVE);
            offer.later(Duration.ofHours(4)).timePassed().status(Status.LIVE).onSale(true);
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void p9S25TheLastPlanOnSaleStays() {
            offer().transactableDraft("gold").live().when(STOP_GOLD).rejected(Rule.P9, Reason.LAST_PLAN);
            goldStopped().when(new StopSellingPlan("silver", Optional.empty(), true))
                    .rejected(Rule.P9, Reason.LAST_PLAN);
            sold().given(STOP_GOLD).when(new StopSellingPlan("silver", Optional.empty(), true))
                    .rejected(Rule.P9, Reason.LAST_PLAN); // D7: a pending stop does not count
            sold().planned("draft", plan("Draft")).given(STOP_GOLD)
                    .when(new StopSellingPlan("silver", Optional.empty(), true)).rejected(Rule.P9, Reason.LAST_PLAN);
        }

        @Test
        void b62WhileTheOffersStopIsPendingItsPlansAreLive() {
            states(sold().stopPending(), PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b27OfSeveralReasonsThePendingStopIsSaidFirstAndWhatIsStoppedBeforeWhatRuns() {
            sold().stopPending().when(SUBMIT).rejected(Rule.O32, Reason.STOP_SELL_PENDING)
                    .when(new Command.GoLive(Optional.empty())).rejected(Rule.O32, Reason.STOP_SELL_PENDING);
            sold().stopped().submitted().when(new StopSellingOffer(Optional.empty(), true))
                    .rejected(Rule.O29, Reason.ALREADY_STOPPED);
        }

        @Test
        void b54AStoppedPlanStillCountsForNamesAndCompletenessUntilItIsDeleted() {
            goldStopped().planned("bronze", plan("Plan gold")).section(SectionId.PLAN_OVERVIEW, SectionState.INCOMPLETE)
                    .given(new DeleteDraftPlan("gold", true)).problems(SectionId.PLAN_OVERVIEW);
        }

        @Test
        void p11P12B10WhatIsNotOnSaleOrStopsAlreadyIsRefused() {
            sold().planned("draft", plan("Draft")).when(new StopSellingPlan("draft", Optional.empty(), true))
                    .rejected(Rule.P11, Reason.NEVER_PUBLISHED);
            sold().given(STOP_GOLD).when(STOP_GOLD).rejected(Rule.P12, Reason.STOP_SELL_PENDING);
            goldStopped().when(STOP_GOLD).rejected(Rule.P12, Reason.ALREADY_STOPPED);
            sold().stopPending().when(STOP_GOLD).rejected(Rule.B10, Reason.STOP_SELL_PENDING);
            sold().given(STOP_GOLD).when(new StopSellingOffer(Optional.empty(), true)).accepted();
        }

        @Test
        void p16B28NotDuringARunAndFirstThePlanHasToExist() {
            sold().planned("gold", change("description", "B")).submitted().when(STOP_GOLD)
                    .rejected(Rule.P16, Reason.PUBLISH_IN_PROGRESS)
                    .when(new StopSellingPlan("bronze", Optional.empty(), true))
                    .rejected(Rule.B28, Reason.PLAN_NOT_FOUND);
        }

        @Test
        void b38AnUnconfirmedStopIsAskedBackAfterEverythingElse() {
            sold().when(new StopSellingPlan("gold", Optional.empty(), false))
                    .rejected(Rule.B38, Reason.CONFIRMATION_REQUIRED);
            offer().transactableDraft("gold").live().when(new StopSellingPlan("gold", Optional.empty(), false))
                    .rejected(Rule.P9, Reason.LAST_PLAN);
        }

        @Test
        void b37AResumedPlanStaysOnSale() {
            OfferScenario offer = sold().given(STOP_GOLD).when(new ResumeSelling(Optional.empty()))
                    .rejected(Rule.O34, Reason.NO_STOP_SELL_PENDING)
                    .when(new ResumeSelling(Optional.of("gold"))).accepted()
                    .later(Duration.ofDays(1)).timePassed();
            states(offer, PlanState.LIVE, PlanState.LIVE);
            offer.when(new ResumeSelling(Optional.of("gold"))).rejected(Rule.B37, Reason.NO_STOP_SELL_PENDING)
                    .when(new ResumeSelling(Optional.of("golden"))).rejected(Rule.B37, Reason.PLAN_NOT_FOUND);
        }

        @Test
        void p14D33ALaterPublishForAnotherReasonDoesNotBringItBack() {
            OfferScenario offer = nextVersion(goldStopped(), "Planner 2");
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void p13D36D39B7AnySaveOfTheStoppedPlanMarksItAndTheNextPublishSellsItAgain() {
            OfferScenario edited = goldStopped().planned("gold", change("description", "New")).live();
            states(edited, PlanState.LIVE, PlanState.LIVE);
            OfferScenario same = goldStopped().given(new UpdatePlan("gold", plan("Plan gold"), Optional.empty()))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES).live();
            states(same, PlanState.LIVE, PlanState.LIVE);
            same.section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED).when(SUBMIT)
                    .rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH); // a spent mark is no difference
        }

        @Test
        void d39OptingOutKeepsItStoppedAndTheLastWordCounts() {
            OfferScenario offer = goldStopped()
                    .given(new UpdatePlan("gold", change("description", "New"), Optional.empty()))
                    .given(new UpdatePlan("gold", change("description", "New"), Optional.of(false))).live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void b6AMarkMadeAfterSubmitWaitsForTheNextPublish() {
            OfferScenario offer = goldStopped().saved(Contents.with(Contents.listing(), "name", "Two")).submitted()
                    .planned("gold", change("description", "New")).stepsDone().signedOff().stepsDone();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
            offer.live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b8AnEditWhileTheStopIsPendingDoesNotMark() {
            OfferScenario offer = sold().given(STOP_GOLD).planned("gold", change("description", "New"))
                    .later(Duration.ofHours(4)).timePassed().live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void b7D39AMarkFromBeforeTheStopIsVoidAndTheSameSaveAfterwardsMarksAnew() {
            OfferScenario offer = sold().stopped().submitted()
                    .planned("gold", change("description", "New")) // marks, after Submit: waits (B6)
                    .stepsDone().signedOff().stepsDone();
            states(offer, PlanState.LIVE, PlanState.LIVE);
            offer.given(STOP_GOLD).later(Duration.ofHours(4)).timePassed().live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
            offer.section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED)
                    .given(new UpdatePlan("gold", change("description", "New"), Optional.empty()))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES).live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b68AnOptOutMadeAfterSubmitIsVoidAtTheNextStopOfTheOffer() {
            OfferScenario offer = sold().stopped().submitted()
                    .given(new UpdatePlan("gold", change("description", "New"), Optional.of(false)))
                    .stepsDone().signedOff().stepsDone();
            states(offer, PlanState.LIVE, PlanState.LIVE);
            offer.stopped().live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b68AMarkFromBeforeTheStopOfTheOfferIsVoidToo() {
            OfferScenario offer = goldStopped()
                    .given(new UpdatePlan("gold", plan("Plan gold"), Optional.empty()))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES).stopped()
                    .section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED).live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
            offer.given(new UpdatePlan("gold", plan("Plan gold"), Optional.empty())).live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b68B4WithTheOnlyMarkVoidNoPlanWouldBeOnSale() {
            goldStopped().given(new UpdatePlan("gold", plan("Plan gold"), Optional.empty())).stopped()
                    .given(new DeleteDraftPlan("silver", true)).problems(SectionId.PLAN_OVERVIEW, "plans");
        }

        @Test
        void b74AMarkWhileTheOfferIsStoppedIsAChangeAndADraftVersion() {
            OfferScenario offer = sold().stopped();
            long version = offer.facts().revision();
            offer.given(new UpdatePlan("gold", plan("Plan gold"), Optional.empty())).by(Rule.P2)
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES);
            assertThat(offer.facts().revision()).isEqualTo(version + 1);
        }

        @Test
        void b5AStopMayFallDueDuringARunAndTheFinalPublishDoesNotUndoIt() {
            OfferScenario offer = sold().given(STOP_GOLD).planned("gold", change("description", "New")).submitted()
                    .stepsDone().later(Duration.ofHours(5)).signedOff();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
            offer.stepsDone();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void b9AStopPendingWhenTheOffersStopTakesEffectCountsAsThePlansOwn() {
            OfferScenario offer = sold().given(new StopSellingPlan("gold",
                    Optional.of(Instant.parse("2030-01-01T00:00:00Z")), true))
                    .stopped();
            assertThat(offer.facts().planStops()).isEmpty();
            offer.live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void d33ARelistedOfferBringsBackWhatWasOnSaleWhenItStopped() {
            OfferScenario offer = goldStopped().stopped();
            states(offer, PlanState.NOT_SOLD, PlanState.NOT_SOLD); // P15
            offer.live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
        }

        @Test
        void d39OptedOutOfARelistAPlanStaysStoppedUntilItIsMarked() {
            OfferScenario offer = sold().stopped()
                    .given(new UpdatePlan("gold", change("description", "New"), Optional.of(false))).live();
            states(offer, PlanState.NOT_SOLD, PlanState.LIVE);
            offer.planned("gold", change("description", "Newer")).live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
        }

        @Test
        void b4APublishThatWouldSellNoPlanIsIncomplete() {
            sold().stopped().given(new UpdatePlan("gold", change("description", "x"), Optional.of(false)))
                    .given(new UpdatePlan("silver", change("description", "x"), Optional.of(false)))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.INCOMPLETE).when(SUBMIT)
                    .rejected(Rule.O6, Reason.SECTIONS_INCOMPLETE);
            goldStopped().stopped().given(new DeleteDraftPlan("silver", true)).when(SUBMIT)
                    .rejected(Rule.O6, Reason.SECTIONS_INCOMPLETE).planned("gold", change("description", "x"))
                    .when(SUBMIT)
                    .accepted();
        }

        @Test
        void p8B14B29AStoppedPlanCanBeDeletedAndItsIdStaysReserved() {
            OfferScenario offer = goldStopped();
            offer.when(new DeleteDraftPlan("silver", true)).rejected(Rule.P7, Reason.ALREADY_PUBLISHED)
                    .when(new DeleteDraftPlan("gold", false)).rejected(Rule.B38, Reason.CONFIRMATION_REQUIRED)
                    .when(new DeleteDraftPlan("gold", true)).accepted()
                    .when(new CreatePlan("gold", plan("Again"))).rejected(Rule.B14, Reason.PLAN_EXISTS)
                    .when(SUBMIT).rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH); // B11: a deleted plan is no change
            assertThat(offer.rows().keySet()).filteredOn(RowKey.PlanKey.class::isInstance).hasSize(1);
            sold().given(STOP_GOLD).when(new DeleteDraftPlan("gold", true))
                    .rejected(Rule.B29, Reason.ALREADY_PUBLISHED);
        }
    }

    @Nested
    class Customers {

        @Test
        void e1E4ACustomerBuysAndGetsEveryUpdate() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1).by(Rule.E1);
            nextVersion(offer, "Two");
            gets(offer, downloads("gold"), 2).by(Rule.E4);
        }

        @Test
        void e2WhatIsNotOnSaleCannotBeBought() {
            offer().transactableDraft("gold").when(buys("gold")).rejected(Rule.E2, Reason.NOT_AVAILABLE);
            goldStopped().when(buys("gold")).rejected(Rule.E2, Reason.NOT_AVAILABLE);
            sold().stopped().when(buys("silver")).rejected(Rule.E2, Reason.NOT_AVAILABLE);
            offer().completeDraft().planned("gold", plan("Gold")).live().when(buys("gold"))
                    .rejected(Rule.E2, Reason.NOT_AVAILABLE); // B19
            sold().stopped().deleted().when(buys("gold")).rejected(Rule.E2, Reason.NOT_AVAILABLE); // B3
            offer().when(buys("gold")).rejected(Rule.O33, Reason.OFFER_NOT_FOUND);
        }

        @Test
        void e3D10WhileTheStopIsPendingItCanBeBoughtAndIsFrozenWithTheRest() {
            OfferScenario offer = sold().given(STOP_GOLD);
            gets(offer, buys("gold"), 1).by(Rule.E3);
            offer.later(Duration.ofHours(4)).timePassed();
            gets(offer, downloads("gold"), 1).by(Rule.E6);
        }

        @Test
        void e5E6E7D11D13S28WhoHasItKeepsTheVersionLiveAtTheEffectiveInstantAlsoAfterARelist() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.given(new StopSellingPlan("gold", Optional.of(offer.now().plus(Duration.ofDays(2))), true));
            nextVersion(offer, "Two"); // B48: goes live between request and effect
            offer.later(Duration.ofDays(3)).timePassed();
            gets(offer, downloads("gold"), 2).by(Rule.E6);
            nextVersion(offer, "Three");
            gets(offer, downloads("gold"), 2).by(Rule.E7);
            offer.planned("gold", change("description", "Back")).live();
            states(offer, PlanState.LIVE, PlanState.LIVE);
            gets(offer, downloads("gold"), 2).by(Rule.E7);
        }

        @Test
        void e8E9E10D12BuyingAgainAfterARelistIsANewEntitlementAndTheFirstFreezeCountsForTheOld() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            gets(offer, new AcquirePlan(OTHER, "gold"), 1);
            nextVersion(offer.stopped(), "Two");
            gets(offer, buys("gold"), 2).by(Rule.E8);
            nextVersion(offer, "Three");
            gets(offer, downloads("gold"), 3);
            gets(offer, new DownloadOffer(OTHER, "gold"), 1).by(Rule.E7);
            nextVersion(offer.stopped(), "Four");
            gets(offer, downloads("gold"), 3);
            gets(offer, new DownloadOffer(OTHER, "gold"), 1);
        }

        @Test
        void e10APlanThatStoppedBeforeItsOfferDidKeepsItsOwnVersion() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.given(STOP_GOLD).later(Duration.ofHours(4)).timePassed();
            nextVersion(offer, "Two").stopped();
            gets(offer, downloads("gold"), 1);
        }

        @Test
        void e11B3DeletingTheStoppedOfferOrPlanTakesNothingAway() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.stopped().deleted();
            gets(offer, downloads("gold"), 1);
            OfferScenario plan = sold();
            gets(plan, buys("gold"), 1);
            plan.given(STOP_GOLD).later(Duration.ofHours(4)).timePassed().given(new DeleteDraftPlan("gold", true));
            gets(plan, downloads("gold"), 1);
        }

        @Test
        void e12StoppingOnePlanLeavesCustomersOfAnotherAlone() {
            OfferScenario offer = sold();
            gets(offer, buys("silver"), 1);
            offer.given(STOP_GOLD).later(Duration.ofHours(4)).timePassed();
            nextVersion(offer, "Two");
            gets(offer, downloads("silver"), 2);
        }

        @Test
        void b15ARetryUnderAnotherIdIsAcceptedAndChangesNothing() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.when(buys("gold")).by(Rule.B15);
            assertThat(offer.entry().decision().events()).isEmpty();
            gets(offer, buys("gold"), 1);
        }

        @Test
        void b33WhoHasNothingGetsNothingAndTheSwitchForbidsDownloadingAgain() {
            sold().when(downloads("gold")).rejected(Rule.B33, Reason.NOT_ENTITLED);
            OfferScenario strict = offer(new Policy(Duration.ofHours(4), Duration.ZERO, true, false, false, false,
                    false, Limits.DEFAULT))
                    .transactableDraft("gold", "silver").live();
            gets(strict, buys("gold"), 1);
            strict.stopped().when(downloads("gold")).rejected(Rule.B33, Reason.NOT_AVAILABLE);
        }

        @Test
        void b40AnswersToACustomerAreRememberedForThisCustomerAndPlan() {
            OfferScenario offer = goldStopped();
            CommandEnvelope refused = offer.asking(buys("gold"), Optional.empty(), false);
            offer.when(refused).rejected(Rule.E2, Reason.NOT_AVAILABLE)
                    .planned("gold", change("description", "x")).live().when(refused)
                    .duplicateOf(OutcomeResult.REJECTED);
            gets(offer, buys("gold"), 2);
        }

        @Test
        void aCustomersRequestTouchesOnlyTheCustomersRow() {
            OfferScenario offer = sold();
            long sequence = offer.facts().sequence();
            gets(offer, buys("gold"), 1);
            assertThat(offer.facts().sequence()).isEqualTo(sequence);
            assertThat(offer.state().entitlementStatus("gold", CUSTOMER).kind())
                    .isEqualTo(EntitlementStatus.Kind.ACTIVE);
        }

        @Test
        void aDryRunBuysNothing() {
            OfferScenario offer = sold();
            offer.when(offer.asking(buys("gold"), Optional.empty(), true)).accepted();
            assertThat(offer.state().entitlementStatus("gold", CUSTOMER).kind()).isEqualTo(EntitlementStatus.Kind.NONE);
        }
    }

    @Nested
    class Removing {

        @Test
        void r1ARequestNamesTheOffersOwnKindAndTheCategoryAndAnOfferThatWasLive() {
            sold().when(new RequestRemoval("VIRTUAL_MACHINE", "REMOVE_A_PUBLISHED_OFFER", Optional.empty()))
                    .rejected(Rule.R1, Reason.WRONG_PROBLEM_TYPE);
            sold().when(new RequestRemoval("SAAS", "BILLING", Optional.empty()))
                    .rejected(Rule.R1, Reason.WRONG_CATEGORY);
            offer().completeDraft().when(REMOVE).rejected(Rule.R1, Reason.NEVER_PUBLISHED);
            sold().when(REMOVE).accepted(new Event.RemovalMoved(1, RemovalState.SUBMITTED));
        }

        @Test
        void r2B18OneOpenRequestAtATimeAlsoWhileThePublisherIsAsked() {
            sold().given(REMOVE).when(REMOVE).rejected(Rule.R2, Reason.REQUEST_ALREADY_OPEN)
                    .given(new TakeRemovalRequest(1)).given(new AskPublisher(1, "Sure?")).when(REMOVE)
                    .rejected(Rule.B18, Reason.REQUEST_ALREADY_OPEN).given(new WithdrawRemoval(1)).when(REMOVE)
                    .accepted(new Event.RemovalMoved(2, RemovalState.SUBMITTED));
        }

        @Test
        void r3R4SupportTakesItUpAsksAndIsAnswered() {
            OfferScenario offer = sold().given(REMOVE).when(new AskPublisher(1, "Sure?"))
                    .rejected(Rule.B32, Reason.REQUEST_STATE)
                    .given(new TakeRemovalRequest(1)).by(Rule.R3).when(new AnswerRemoval(1, "Yes"))
                    .rejected(Rule.B32, Reason.REQUEST_STATE)
                    .given(new AskPublisher(1, "Sure?")).by(Rule.R4).given(new AnswerRemoval(1, "Yes")).by(Rule.R4);
            assertThat(offer.facts().removal()).contains(new Removal(1, RemovalState.IN_PROGRESS));
        }

        @Test
        void r5D31E13E14D32OnceNothingIsSoldEveryEntitlementIsRevoked() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.given(STOP_GOLD).later(Duration.ofHours(4)).timePassed();
            gets(offer, buys("silver"), 1);
            offer.given(REMOVE).given(new TakeRemovalRequest(1)).when(new CompleteRemoval(1))
                    .rejected(Rule.R5, Reason.STILL_ON_SALE);
            gets(offer, downloads("gold"), 1); // R7
            offer.stopped().given(new CompleteRemoval(1)).by(Rule.R5).when(downloads("gold"))
                    .rejected(Rule.E14, Reason.ENTITLEMENT_REVOKED)
                    .when(downloads("silver")).rejected(Rule.E14, Reason.ENTITLEMENT_REVOKED);
            nextVersion(offer, "Two");
            offer.when(downloads("silver")).rejected(Rule.E14, Reason.ENTITLEMENT_REVOKED);
            gets(offer, buys("silver"), 2).by(Rule.B16);
            gets(offer, downloads("silver"), 2);
        }

        @Test
        void b17WhileRelistingAndAfterDeletionNothingIsSold() {
            sold().stopped().given(REMOVE).given(new TakeRemovalRequest(1)).submitted().when(new CompleteRemoval(1))
                    .accepted();
            sold().stopped().given(REMOVE).deleted().given(new TakeRemovalRequest(1)).when(new CompleteRemoval(1))
                    .accepted();
        }

        @Test
        void b71ADeletedOfferIsComparedWithTheVersionThatItKeeps() {
            OfferScenario offer = sold().stopped().deleted();
            long version = offer.facts().revision();
            offer.when(offer.asking(REMOVE, Optional.of(version - 1), false))
                    .rejected(Rule.V32, Reason.VERSION_CONFLICT)
                    .when(offer.asking(REMOVE, Optional.of(version), false)).accepted()
                    .when(offer.asking(new WithdrawRemoval(1), Optional.of(version + 1), false))
                    .rejected(Rule.V32, Reason.VERSION_CONFLICT)
                    .when(offer.asking(SUBMIT, Optional.of(version - 1), false))
                    .rejected(Rule.O33, Reason.OFFER_NOT_FOUND); // B26
        }

        @Test
        void r6SupportRejectsOrThePublisherWithdrawsAndCustomersKeepWhatTheyHave() {
            OfferScenario offer = sold();
            gets(offer, buys("gold"), 1);
            offer.given(REMOVE).given(new RejectRemoval(1, "No.")).by(Rule.R6).when(new WithdrawRemoval(1))
                    .rejected(Rule.B32, Reason.REQUEST_STATE);
            gets(offer, downloads("gold"), 1);
        }

        @Test
        void b32AnUnknownRequestIsNotFound() {
            sold().when(new TakeRemovalRequest(1)).rejected(Rule.B32, Reason.REQUEST_NOT_FOUND).given(REMOVE)
                    .when(new TakeRemovalRequest(2)).rejected(Rule.B32, Reason.REQUEST_NOT_FOUND);
        }
    }
}
