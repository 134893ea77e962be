package io.offerflow.domain;

import static io.offerflow.domain.OfferScenario.START;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Command.CancelPublish;
import io.offerflow.domain.model.Command.CreateOffer;
import io.offerflow.domain.model.Command.DeleteDraft;
import io.offerflow.domain.model.Command.GoLive;
import io.offerflow.domain.model.Command.ReportStepFailed;
import io.offerflow.domain.model.Command.ReportStepSucceeded;
import io.offerflow.domain.model.Command.ResumeSelling;
import io.offerflow.domain.model.Command.SaveSection;
import io.offerflow.domain.model.Command.StopSellingOffer;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.RunStatus;
import io.offerflow.domain.state.row.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows O1–O34 of domain.md 5.1, one by one, with what the D- and B-rows settle about them. */
class OfferRulesTest {

    private static final SubmitOffer SUBMIT = new SubmitOffer(Optional.empty());
    private static final GoLive GO_LIVE = new GoLive(Optional.empty());
    private static final StopSellingOffer STOP = new StopSellingOffer(Optional.empty(), true);

    @Nested
    class Creating {

        @Test
        void o1CreatesADraft() {
            offer().when(new CreateOffer("SAAS", "Shift Planner"))
                    .accepted(new Event.OfferCreated(OfferType.SAAS, "Shift Planner")).status(Status.DRAFT)
                    .onSale(false);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "-", "_x", "shift-planner_2",
                "01234567890123456789012345678901234567890123456789"})
        void o1V1AcceptsIdsOfTheForm(String offerId) {
            offer(offerId).when(new CreateOffer("SAAS", "x")).accepted().status(Status.DRAFT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Shift", "shift planner", "schicht-plänung", "a/b",
            "012345678901234567890123456789012345678901234567890"})
        void o1V1RefusesOtherIds(String offerId) {
            offer(offerId).when(new CreateOffer("SAAS", "x")).rejected(Rule.V1, Reason.INVALID_ID);
        }

        @Test
        void b52TheStrictFormWantsThreeCharactersAndALetterOrDigitFirst() {
            Policy strict = new Policy(Duration.ofHours(4), Duration.ZERO, true, true, false, true, false,
                    Limits.DEFAULT);
            assertThat(strict.allowsOfferId("ab")).isFalse();
            assertThat(strict.allowsOfferId("_ab")).isFalse();
            assertThat(strict.allowsOfferId("abc")).isTrue();
            assertThat(Policy.DEFAULT.allowsOfferId("ab")).isTrue();
        }

        @Test
        void b55AnAliasIsNeededAndHasAtMost120Characters() {
            offer().when(new CreateOffer("SAAS", " ")).rejected(Rule.B55, Reason.MALFORMED);
            offer().when(new CreateOffer("SAAS", "𝒳".repeat(121)))
                    .rejected(Rule.B55, Reason.MALFORMED).because("120", "121");
            offer().when(new CreateOffer("SAAS", "𝒳".repeat(120))).accepted();
        }

        @Test
        void anUnknownKindOfOfferIsToldTheClosestName() {
            offer().when(new CreateOffer("SASS", "x")).rejected(Rule.B26, Reason.MALFORMED).because("SASS", "SAAS?");
        }

        @Test
        void d37TheIdOfADeletedOfferIsFreeIfItWasNeverLiveAndReservedIfItWas() {
            offer().completeDraft().deleted().when(new CreateOffer("VIRTUAL_MACHINE", "Again")).accepted()
                    .status(Status.DRAFT).section(SectionId.OFFER_LISTING, SectionState.NOT_STARTED);
            offer().live().stopped().deleted().when(new CreateOffer("SAAS", "Again"))
                    .rejected(Rule.D37, Reason.OFFER_EXISTS)
                    .because("reserved");
        }

        @Test
        void b13CountersAndIdsOutliveADeletion() {
            OfferScenario offer = offer().completeDraft().submitted().given(new CancelPublish(true)).deleted();
            long revision = offer.facts().revision();
            offer.given(new CreateOffer("SAAS", "Again"));
            assertThat(offer.facts().revision()).isEqualTo(revision + 1);
            offer.saved(Contents.listingOnlySetup()).saved(Contents.properties()).saved(Contents.listing())
                    .saved(Contents.preview()).submitted();
            assertThat(offer.facts().submission()).isEqualTo(2);
            offer.when(new ReportStepSucceeded(1, "CERTIFICATION", List.of())).ignored(Rule.V33, Reason.STALE_STEP);
        }

        @Test
        void b13AnOldCreateAfterTheDeletionIsADuplicate() {
            OfferScenario offer = offer();
            CommandEnvelope create = offer.asking(new CreateOffer("SAAS", "x"), Optional.empty(), false);
            offer.when(create).accepted().deleted().when(create).duplicateOf(OutcomeResult.ACCEPTED);
            assertThat(offer.facts().exists()).isFalse();
        }
    }

    @Nested
    class Saving {

        @ParameterizedTest
        @EnumSource(value = OfferScenarios.class, mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "DELETED", "DELETED_SOLD"})
        void o2S2ASectionIsSavedInEveryStatusAndTheStatusStays(OfferScenarios state) {
            OfferScenario offer = state.given();
            Status before = offer.facts().status();
            offer.when(OfferScenario.save(Contents.with(Contents.listing(), "summary", "Another."))).accepted()
                    .status(before);
        }

        @Test
        void s7ABusinessErrorIsSavedAndMakesTheSectionIncomplete() {
            offer().draft().when(OfferScenario.save(Contents.without(Contents.listing(), "privacyPolicyUrl")))
                    .accepted()
                    .section(SectionId.OFFER_LISTING, SectionState.INCOMPLETE)
                    .problems(SectionId.OFFER_LISTING, "privacyPolicyUrl");
        }

        @Test
        void s6TheStatesOfASectionBeforeAndAfterTheFirstPublish() {
            offer().draft().section(SectionId.PROPERTIES, SectionState.NOT_STARTED)
                    .saved(Contents.properties()).section(SectionId.PROPERTIES, SectionState.COMPLETE);
            offer().live().section(SectionId.PROPERTIES, SectionState.PUBLISHED)
                    .section(SectionId.TEST_DRIVE, SectionState.NOT_STARTED) // B49
                    .saved(Contents.with(Contents.properties(), "appVersion", "2"))
                    .section(SectionId.PROPERTIES, SectionState.UNPUBLISHED_CHANGES);
        }

        @Test
        void unknownSectionsAreToldTheClosestName() {
            offer().draft().when(new SaveSection("OFFER_LISTINGS", Optional.of(Contents.listing())))
                    .rejected(Rule.O2, Reason.UNKNOWN_SECTION).because("OFFER_LISTINGS", "OFFER_LISTING?");
        }

        @Test
        void contentOfAnotherSectionIsMalformed() {
            offer().draft().when(new SaveSection("PROPERTIES", Optional.of(Contents.listing())))
                    .rejected(Rule.O2, Reason.MALFORMED).because("OFFER_LISTING");
        }

        @Test
        void b24PlanOverviewHoldsNothingOfItsOwn() {
            offer().draft().when(new SaveSection("PLAN_OVERVIEW", Optional.empty()))
                    .rejected(Rule.B24, Reason.MALFORMED)
                    .because("plan commands");
        }

        @Test
        void namesOutOfAClosedListAreMalformedWithTheClosestOne() {
            offer().draft().when(OfferScenario.save(Contents.with(Contents.listingOnlySetup(), "callToAction",
                    "GET_IT_NEW"))).rejected(Rule.O2, Reason.MALFORMED).because("GET_IT_NEW", "GET_IT_NOW?");
        }

        @Test
        void b66ASecretIsNeverTakenOnlyWhereItIsKept() {
            offer().draft().when(OfferScenario.save(Contents.with(Contents.testDrive(), "appKeyReference", "s3cr3t!")))
                    .rejected(Rule.B66, Reason.MALFORMED).because("secret store");
            offer().draft().when(OfferScenario.save(Contents.testDrive())).accepted();
        }

        @Test
        void b42TheSameContentAgainIsNoNewVersion() {
            OfferScenario offer = offer().draft().saved(Contents.properties());
            long version = offer.facts().revision();
            offer.when(OfferScenario.save(Contents.properties())).accepted(new Event[0]).by(Rule.B42);
            assertThat(offer.facts().revision()).isEqualTo(version);
        }

        @Test
        void b75AFirstSaveWithoutContentIsAChange() {
            Content nothing = new Content(SectionId.PROPERTIES, Value.EMPTY);
            OfferScenario offer = offer().draft();
            long version = offer.facts().revision();
            offer.section(SectionId.PROPERTIES, SectionState.NOT_STARTED).when(OfferScenario.save(nothing)).by(Rule.O2)
                    .section(SectionId.PROPERTIES, SectionState.INCOMPLETE)
                    .when(OfferScenario.save(nothing)).accepted(new Event[0]).by(Rule.B42);
            assertThat(offer.facts().revision()).isEqualTo(version + 1);
        }

        @Test
        void b25ASaveReplacesTheWholeSection() {
            OfferScenario offer = offer().draft().saved(Contents.with(Contents.properties(), "appVersion", "2"))
                    .saved(Contents.properties());
            assertThat(offer.state().draft(SectionId.PROPERTIES).orElseThrow().content())
                    .isEqualTo(Contents.properties());
        }

        @Test
        void contentThatNoNumberResolvesToIsDeleted() {
            OfferScenario offer = offer().live();
            for (int i = 0; i < 5; i++) {
                offer.saved(Contents.with(Contents.properties(), "appVersion", "v" + i));
            }
            assertThat(offer.rows().keySet()).filteredOn(key -> key instanceof RowKey.SectionKey section
                    && section.section() == SectionId.PROPERTIES).hasSize(2); // live and draft
        }
    }

    @Nested
    class Publishing {

        @Test
        void o3SubmitNeedsEverySectionThatAppliesAndSaysWhichAreNot() {
            offer().draft().saved(Contents.listingOnlySetup()).saved(Contents.without(Contents.listing(), "name"))
                    .when(SUBMIT).rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE)
                    .because("3 things", "PROPERTIES", "OFFER_LISTING name", "PREVIEW");
        }

        @Test
        void d21BrokenSectionsThatWereNotTouchedBlockToo() {
            offer().completeDraft().saved(Contents.without(Contents.listing(), "summary"))
                    .saved(Contents.with(Contents.properties(), "appVersion", "2"))
                    .when(SUBMIT).rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE).because("OFFER_LISTING summary");
        }

        @Test
        void b51ASectionThatDoesNotApplyDoesNotBlock() {
            offer().completeDraft().saved(Contents.without(Contents.technical(), "webhookUrl"))
                    .section(SectionId.TECHNICAL_CONFIGURATION, SectionState.INCOMPLETE).when(SUBMIT).accepted();
        }

        @Test
        void s9ARunBeginsWithTheStepsThatApply() {
            offer().completeDraft().when(SUBMIT).accepted(new Event.OfferSubmitted(1, 5,
                    List.of(PublishStep.CERTIFICATION,
                    PublishStep.PREVIEW_CREATION, PublishStep.PUBLISHER_SIGN_OFF, PublishStep.FINAL_PUBLISH),
                            Optional.empty()))
                    .status(Status.PUBLISH_IN_PROGRESS).atStep(PublishStep.CERTIFICATION);
        }

        @Test
        void b65LeadManagementRunsWhenADestinationIsGivenAndASecondTimeUnderItsOwnName() {
            offer().completeDraft().saved(Contents.with(Contents.with(Contents.listingOnlySetup(), "callToAction",
                    "CONTACT_ME"), "leadDestination", Contents.group("type", "MARKETO", "endpoint",
                    "https://leads.contoso.example.com"))).submitted().atStep(PublishStep.LEAD_MANAGEMENT).stepsDone()
                    .signedOff().atStep(PublishStep.PUBLISH_LEAD_MANAGEMENT);
        }

        @Test
        void b1ALateAnswerOfTheFirstPhaseDoesNotPassForOneOfTheSecond() {
            OfferScenario offer = offer().completeDraft().saved(Contents.with(Contents.listingOnlySetup(),
                    "leadDestination", Contents.group("type", "MARKETO", "endpoint", "https://l.example.com")))
                    .submitted();
            ReportStepSucceeded first = offer.success();
            offer.stepsDone().signedOff().when(first).ignored(Rule.V33, Reason.STALE_STEP)
                    .atStep(PublishStep.PUBLISH_LEAD_MANAGEMENT);
        }

        @Test
        void s8NotesTravelWithTheSubmission() {
            OfferScenario offer = offer().completeDraft().given(new SubmitOffer(Optional.of("Use account demo.")));
            assertThat(offer.state().submissionNotes(1).notes()).contains("Use account demo.");
        }

        @Test
        void o4D20ALiveOfferWithoutChangesHasNothingToPublishUnlessTheSwitchAllowsIt() {
            offer().live().when(SUBMIT).rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
            offer(new Policy(Duration.ofHours(4), Duration.ZERO, false, false, false, true, false, Limits.DEFAULT))
                    .live().when(SUBMIT).accepted();
        }

        @Test
        void b11ThereAndBackAgainIsNoChange() {
            offer().live().saved(Contents.with(Contents.properties(), "appVersion", "2")).saved(Contents.properties())
                    .section(SectionId.PROPERTIES, SectionState.PUBLISHED).when(SUBMIT)
                    .rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
        }

        @Test
        void b11ASectionThatDoesNotApplyIsAChangeToo() {
            offer().live().saved(Contents.technical()).when(SUBMIT).accepted();
        }

        @Test
        void o5O6AfterAFailureOrAStopNoChangeIsNeeded() {
            OfferScenarios.ATTENTION.given().when(SUBMIT).accepted();
            OfferScenarios.NOT_SOLD.given().when(SUBMIT).accepted().onSale(false);
        }

        @Test
        void o8AtSignOffANewSubmissionSupersedesTheOneThatWaits() {
            OfferScenarios.PIP_SIGNOFF.given().when(SUBMIT).accepted(new Event.SubmissionSuperseded(1),
                            new Event.OfferSubmitted(2, 5, List.of(PublishStep.CERTIFICATION,
                                    PublishStep.PREVIEW_CREATION,
                                    PublishStep.PUBLISHER_SIGN_OFF, PublishStep.FINAL_PUBLISH), Optional.empty()))
                    .atStep(PublishStep.CERTIFICATION).when(GO_LIVE).rejected(Rule.O18, Reason.NOT_AT_SIGN_OFF)
                    .stepsDone().when(new GoLive(Optional.of(1L))).rejected(Rule.O17, Reason.STALE_SUBMISSION)
                    .when(new GoLive(Optional.of(2L))).accepted(new Event.OfferSignedOff(2));
        }

        @Test
        void o8AnIncompleteDraftDoesNotSupersede() {
            OfferScenarios.PIP_SIGNOFF.given().saved(Contents.without(Contents.listing(), "name")).when(SUBMIT)
                    .rejected(Rule.O8, Reason.SECTIONS_INCOMPLETE).atStep(PublishStep.PUBLISHER_SIGN_OFF);
        }

        @Test
        void o9O10TheStepsFollowEachOtherUntilThePreviewIsReady() {
            OfferScenario offer = OfferScenarios.PIP_PRE.given();
            offer.when(offer.success()).accepted(new Event.StepSucceeded(1, PublishStep.CERTIFICATION, List.of()))
                    .atStep(PublishStep.PREVIEW_CREATION);
            offer.when(offer.success()).accepted(new Event.StepSucceeded(1, PublishStep.PREVIEW_CREATION, List.of()),
                    new Event.PreviewReady(1)).by(Rule.O10).atStep(PublishStep.PUBLISHER_SIGN_OFF)
                    .status(Status.PUBLISH_IN_PROGRESS);
        }

        @Test
        void v33ResultsOfAnotherSubmissionOrStepAreIgnored() {
            OfferScenario offer = OfferScenarios.PIP_PRE.given();
            offer.when(new ReportStepSucceeded(2, "CERTIFICATION", List.of())).ignored(Rule.V33, Reason.STALE_STEP);
            offer.when(new ReportStepFailed(1, "PREVIEW_CREATION", List.of())).ignored(Rule.V33, Reason.STALE_STEP);
            offer.when(new ReportStepSucceeded(1, "CERTIFICATON", List.of())).ignored(Rule.V33, Reason.STALE_STEP)
                    .atStep(PublishStep.CERTIFICATION);
        }

        @Test
        void b2NoSystemSignsOffOrFailsTheWait() {
            OfferScenario offer = OfferScenarios.PIP_SIGNOFF.given();
            offer.when(new ReportStepSucceeded(1, "PUBLISHER_SIGN_OFF", List.of())).ignored(Rule.B2, Reason.STALE_STEP);
            offer.when(new ReportStepFailed(1, "PUBLISHER_SIGN_OFF", List.of())).ignored(Rule.B2, Reason.STALE_STEP)
                    .atStep(PublishStep.PUBLISHER_SIGN_OFF);
        }

        @Test
        void o11AFailedCertificationNeedsAttentionAndKeepsItsReport() {
            OfferScenario offer = OfferScenarios.PIP_PRE.given();
            ReportStepFailed failure = offer.failure();
            offer.when(failure).accepted(new Event.PublishFailed(1, PublishStep.CERTIFICATION, failure.messages()))
                    .by(Rule.O11).status(Status.ATTENTION_NEEDED);
            assertThat(offer.state().submissionNotes(1).of(PublishStep.CERTIFICATION)).isEqualTo(failure.messages());
            assertThat(offer.facts().run().orElseThrow().state()).isEqualTo(RunStatus.FAILED);
        }

        @Test
        void o12B67D35AFailedUpdateNeedsAttentionAndTheLiveVersionStaysOnSale() {
            OfferScenarios.LIVE_PIP_LIVE.given().failed().status(Status.ATTENTION_NEEDED).onSale(true);
            OfferScenarios.LIVE_PIP_PRE.given().failed().status(Status.ATTENTION_NEEDED).onSale(true);
        }

        @Test
        void o17O19D1B45AfterSignOffTheFinalPublishMakesItLive() {
            OfferScenario offer = OfferScenarios.PIP_SIGNOFF.given();
            offer.when(GO_LIVE).accepted(new Event.OfferSignedOff(1)).atStep(PublishStep.FINAL_PUBLISH);
            offer.when(offer.success()).accepted(new Event.StepSucceeded(1, PublishStep.FINAL_PUBLISH, List.of()),
                    new Event.OfferWentLive(1, 1)).status(Status.LIVE).onSale(true);
        }

        @Test
        void o20D19SignOffNeverTimesOut() {
            OfferScenarios.PIP_SIGNOFF.given().later(Duration.ofDays(3650)).timePassed()
                    .atStep(PublishStep.PUBLISHER_SIGN_OFF)
                    .when(GO_LIVE).accepted();
        }

        @Test
        void d14EditsDuringTheRunAreNotPartOfIt() {
            OfferScenario offer = OfferScenarios.PIP_PRE.given().saved(Contents.with(Contents.listing(), "name",
                    "Later"))
                    .stepsDone().signedOff().stepsDone().status(Status.LIVE)
                    .section(SectionId.OFFER_LISTING, SectionState.UNPUBLISHED_CHANGES);
            assertThat(offer.state().at(SectionId.OFFER_LISTING, offer.facts().live().orElseThrow().revision())
                    .orElseThrow().content()).isEqualTo(Contents.listing());
        }

        @Test
        void aSecondVersionTakesThePlaceOfTheFirst() {
            OfferScenario offer = OfferScenarios.LIVE_EDITED.given().live();
            assertThat(offer.facts().liveVersion()).isEqualTo(2);
            assertThat(offer.rows().keySet()).filteredOn(key -> key instanceof RowKey.SectionKey section
                    && section.section() == SectionId.OFFER_LISTING).hasSize(1);
        }
    }

    @Nested
    class Cancelling {

        @Test
        void o13D15CancelGoesBackToTheBaseStatusAndKeepsTheDraft() {
            OfferScenarios.PIP_PRE.given().when(new CancelPublish(true)).accepted(new Event.PublishCancelled(1))
                    .status(Status.DRAFT).section(SectionId.OFFER_LISTING, SectionState.COMPLETE);
            OfferScenarios.LIVE_PIP_PRE.given().when(new CancelPublish(true)).accepted().status(Status.LIVE)
                    .onSale(true)
                    .section(SectionId.OFFER_LISTING, SectionState.UNPUBLISHED_CHANGES);
            OfferScenarios.NOT_SOLD_PIP_PRE.given().when(new CancelPublish(true)).accepted().status(Status.NOT_SOLD);
        }

        @Test
        void o13AnUnconfirmedCancelIsAskedBack() {
            OfferScenarios.PIP_PRE.given().when(new CancelPublish(false))
                    .rejected(Rule.V35, Reason.CONFIRMATION_REQUIRED);
        }

        @Test
        void o14O15B26TooLateIsSaidBeforeAnyConfirmationIsAskedFor() {
            OfferScenarios.PIP_SIGNOFF.given().when(new CancelPublish(false))
                    .rejected(Rule.O14, Reason.CANCEL_TOO_LATE);
            OfferScenarios.PIP_LIVE.given().when(new CancelPublish(false)).rejected(Rule.O15, Reason.CANCEL_TOO_LATE);
        }

        @Test
        void s21ToPublishLaterTheProcessStartsOver() {
            OfferScenarios.PIP_PRE.given().given(new CancelPublish(true)).submitted().atStep(PublishStep.CERTIFICATION);
        }

        @Test
        void d16D18AResubmissionLeavesSignOffAndCancellingItDoesNotBringTheOldPreviewBack() {
            OfferScenarios.PIP_SIGNOFF.given().submitted().when(new CancelPublish(true)).accepted().status(Status.DRAFT)
                    .when(GO_LIVE).rejected(Rule.O18, Reason.NOT_AT_SIGN_OFF);
        }

        @Test
        void d17CancellingAResubmissionAfterAFailureIsTheBaseStatus() {
            OfferScenarios.ATTENTION.given().submitted().given(new CancelPublish(true)).status(Status.DRAFT);
        }
    }

    @Nested
    class Deleting {

        @Test
        void o21S16S17WhatWasNeverPublishedCanBeDeletedAndIsGone() {
            OfferScenario offer = offer().completeDraft().when(new DeleteDraft(true))
                    .accepted(new Event.DraftDeleted());
            assertThat(offer.facts().exists()).isFalse();
            assertThat(offer.rows()).isEmpty();
            offer.when(SUBMIT).rejected(Rule.O33, Reason.OFFER_NOT_FOUND);
            OfferScenarios.ATTENTION.given().when(new DeleteDraft(true)).accepted();
        }

        @Test
        void d2ARunThatWasCancelledLeavesADeletableDraft() {
            OfferScenarios.PIP_PRE.given().given(new CancelPublish(true)).when(new DeleteDraft(true)).accepted();
        }

        @Test
        void o22D6WhatIsOnSaleCannotBeDeletedNotEvenItsEdits() {
            OfferScenarios.LIVE_EDITED.given().when(new DeleteDraft(false))
                    .rejected(Rule.O22, Reason.ALREADY_PUBLISHED);
            OfferScenarios.LIVE_ATTENTION.given().when(new DeleteDraft(true))
                    .rejected(Rule.O22, Reason.ALREADY_PUBLISHED);
        }

        @Test
        void o21O24V35AnUnconfirmedDeletionIsAskedBack() {
            OfferScenarios.DRAFT.given().when(new DeleteDraft(false)).rejected(Rule.V35, Reason.CONFIRMATION_REQUIRED);
            OfferScenarios.NOT_SOLD.given().when(new DeleteDraft(false))
                    .rejected(Rule.V35, Reason.CONFIRMATION_REQUIRED);
        }

        @Test
        void o24D5AStoppedOfferLeavesThePortalAndItsLiveContentIsKept() {
            OfferScenario offer = OfferScenarios.NOT_SOLD.given().saved(Contents.with(Contents.listing(), "name",
                    "Draft"))
                    .when(new DeleteDraft(true)).accepted();
            assertThat(offer.facts().exists()).isFalse();
            assertThat(offer.state().at(SectionId.OFFER_LISTING, offer.facts().live().orElseThrow().revision())
                    .orElseThrow().content()).isEqualTo(Contents.listing());
        }
    }

    @Nested
    class Stopping {

        @Test
        void o25O26D9S26SellingStopsAfterTheDelayHoweverLateItIsNoticed() {
            OfferScenario offer = offer().live().when(STOP).accepted().status(Status.LIVE).onSale(true);
            Instant due = offer.facts().stop().orElseThrow().effectiveAt();
            assertThat(due).isEqualTo(offer.now().plus(Duration.ofHours(4)));
            offer.later(Duration.ofHours(3)).timePassed().onSale(true);
            offer.later(Duration.ofDays(9)).when(SUBMIT).accepted().onSale(false);
            assertThat(offer.entry().dueEvents()).containsExactly(new Entry.DueEvent(due, Rule.O26,
                    new Event.SellingStopped()));
        }

        @Test
        void b43WhatIsDueExactlyNowComesFirst() {
            OfferScenario offer = offer().live().stopPending();
            Instant due = offer.facts().stop().orElseThrow().effectiveAt();
            offer.later(Duration.between(offer.now(), due).minusMillis(1)).when(new ResumeSelling(Optional.empty()))
                    .rejected(Rule.O34, Reason.NO_STOP_SELL_PENDING).status(Status.NOT_SOLD);
        }

        @Test
        void o34ResumingBeforeTheDueTimeLeavesEverythingAsItWas() {
            offer().live().stopPending().later(Duration.ofHours(3)).when(new ResumeSelling(Optional.empty()))
                    .accepted(new Event.SellingResumed()).status(Status.LIVE)
                    .later(Duration.ofDays(1)).timePassed().onSale(true);
        }

        @Test
        void b46ALaterInstantPutsTheStopOffAndAnEarlierOneDoesNotHasten() {
            Instant later = START.plus(Duration.ofDays(30));
            OfferScenario far = offer().live().given(new StopSellingOffer(Optional.of(later), true));
            assertThat(far.facts().stop().orElseThrow().effectiveAt()).isEqualTo(later);
            OfferScenario past = offer().live().given(new StopSellingOffer(Optional.of(Instant.EPOCH), true));
            assertThat(past.facts().stop().orElseThrow().effectiveAt()).isAfter(past.now());
        }

        @Test
        void o26AStopClearsAFailureThatNobodyResolved() {
            OfferScenario offer = OfferScenarios.LIVE_ATTENTION.given().stopPending().status(Status.ATTENTION_NEEDED)
                    .later(Duration.ofHours(4)).timePassed().status(Status.NOT_SOLD);
            assertThat(offer.rows().keySet()).as("nor is its report kept")
                    .noneMatch(RowKey.SubmissionNotesKey.class::isInstance);
        }

        @Test
        void o31D34B47AtSignOffTheWaitingSubmissionIsWithdrawn() {
            OfferScenario offer = OfferScenarios.LIVE_SIGNOFF.given();
            offer.when(STOP).accepted(new Event.SubmissionWithdrawn(2),
                            new Event.SellingStopRequested(offer.now().plus(Duration.ofHours(4))))
                    .status(Status.LIVE).when(GO_LIVE).rejected(Rule.O32, Reason.STOP_SELL_PENDING);
        }

        @Test
        void anUnconfirmedStopIsAskedBack() {
            offer().live().when(new StopSellingOffer(Optional.empty(), false))
                    .rejected(Rule.V35, Reason.CONFIRMATION_REQUIRED);
        }

        @Test
        void s30PublishingAgainSellsAgain() {
            OfferScenarios.NOT_SOLD.given().live().status(Status.LIVE).onSale(true);
        }
    }

    @Nested
    class Messages {

        @Test
        void v31TheSameCommandAgainHasNoSecondEffectAcceptedOrRefused() {
            offer().completeDraft().when(SUBMIT).accepted().again().duplicateOf(OutcomeResult.ACCEPTED);
            offer().draft().when(SUBMIT).rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE).saved(Contents.properties());
            OfferScenario offer = offer().draft();
            CommandEnvelope submit = offer.asking(SUBMIT, Optional.empty(), false);
            offer.when(submit).rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE).saved(Contents.listingOnlySetup())
                    .saved(Contents.properties()).saved(Contents.listing()).saved(Contents.preview())
                    .when(submit).duplicateOf(OutcomeResult.REJECTED).status(Status.DRAFT);
        }

        @Test
        void b40IgnoredResultsAreRememberedToo() {
            OfferScenario offer = offer().completeDraft();
            CommandEnvelope late = offer.asking(new ReportStepSucceeded(1, "CERTIFICATION", List.of()),
                    Optional.empty(), false);
            offer.when(late).ignored(Rule.V33, Reason.STALE_STEP).submitted().when(late)
                    .duplicateOf(OutcomeResult.IGNORED)
                    .atStep(PublishStep.CERTIFICATION);
        }

        @Test
        void b73ThePipelineHasCommandIdsOfItsOwn() {
            OfferScenario offer = offer().completeDraft();
            CommandEnvelope submit = offer.asking(SUBMIT, Optional.empty(), false);
            offer.when(submit).accepted();
            CommandEnvelope result = new CommandEnvelope(submit.commandId(), "pipeline", Optional.empty(), false, 4711,
                    offer.success());
            offer.when(result).accepted().when(result).duplicateOf(OutcomeResult.ACCEPTED)
                    .when(submit).duplicateOf(OutcomeResult.ACCEPTED);
        }

        @Test
        void otherContentUnderAUsedIdIsRefused() {
            OfferScenario offer = offer().draft();
            CommandEnvelope first = offer.asking(OfferScenario.save(Contents.properties()), Optional.empty(), false);
            offer.when(first).accepted().when(new CommandEnvelope(first.commandId(), "someone", Optional.empty(), false,
                    4711,
                    new DeleteDraft(true)));
            assertThat(offer.entry().decision()).isInstanceOf(Decision.CommandIdReused.class);
            assertThat(offer.facts().exists()).isTrue();
        }

        @Test
        void d38WhoAskedIsKeptAndNeverUsedForAuthority() {
            OfferScenario offer = offer().completeDraft();
            CommandEnvelope asked = offer.asking(SUBMIT, Optional.empty(), false);
            offer.when(new CommandEnvelope(asked.commandId(), "somebody else", Optional.empty(), false, asked.digest(),
                    asked.command())).accepted();
        }

        @Test
        void theWindowIsSixteenCommandsLong() {
            OfferScenario offer = offer().draft();
            CommandEnvelope save = offer.asking(OfferScenario.save(Contents.properties()), Optional.empty(), false);
            offer.when(save).accepted();
            for (int i = 0; i < 15; i++) {
                offer.saved(Contents.with(Contents.properties(), "appVersion", "v" + i));
            }
            offer.when(save).duplicateOf(OutcomeResult.ACCEPTED);
            offer.saved(Contents.with(Contents.properties(), "appVersion", "last")).when(save).accepted();
        }

        @Test
        void b40WhatMetNoOfferIsNotRemembered() {
            OfferScenario offer = offer();
            CommandEnvelope submit = offer.asking(SUBMIT, Optional.empty(), false);
            offer.when(submit).rejected(Rule.O33, Reason.OFFER_NOT_FOUND).when(submit)
                    .rejected(Rule.O33, Reason.OFFER_NOT_FOUND);
        }

        @Test
        void b41ADryRunChangesNothingIsNotRememberedAndLetsTimePass() {
            OfferScenario offer = offer().completeDraft();
            CommandEnvelope dry = offer.asking(SUBMIT, Optional.empty(), true);
            offer.when(dry).accepted(new Event[0]).status(Status.DRAFT);
            offer.when(new CommandEnvelope(dry.commandId(), "someone", Optional.empty(), false, dry.digest(), SUBMIT))
                    .accepted()
                    .status(Status.PUBLISH_IN_PROGRESS);
            OfferScenario stopping = offer().live().stopPending().later(Duration.ofHours(5));
            stopping.when(stopping.asking(SUBMIT, Optional.empty(), true)).status(Status.NOT_SOLD);
        }

        @Test
        void v32B42AnotherDraftVersionIsAConflictAndStepsAreNotVersions() {
            OfferScenario offer = offer().completeDraft();
            long version = offer.facts().revision();
            offer.submitted().stepsDone();
            offer.when(offer.asking(GO_LIVE, Optional.of(version), false)).accepted();
            offer.saved(Contents.with(Contents.properties(), "appVersion", "2"));
            offer.when(offer.asking(OfferScenario.save(Contents.listing()), Optional.of(version), false))
                    .rejected(Rule.V32, Reason.VERSION_CONFLICT).because("version 5", "it is 6");
        }

        @Test
        void b26TheConflictIsSaidBeforeTheUnknownSectionAndThatBeforeTheState() {
            OfferScenario offer = offer().draft();
            offer.when(offer.asking(new SaveSection("NONSENSE", Optional.of(Contents.listing())), Optional.of(99L),
                    false)).rejected(Rule.V32, Reason.VERSION_CONFLICT);
            offer.when(offer.asking(new CancelPublish(false), Optional.of(99L), false))
                    .rejected(Rule.V32, Reason.VERSION_CONFLICT);
        }

        @Test
        void b26MalformedIsSaidBeforeTimePasses() {
            OfferScenario offer = offer().live().stopPending().later(Duration.ofHours(5));
            offer.when(new CommandEnvelope("not-a-uuid", "someone", Optional.empty(), false, 1, SUBMIT))
                    .rejected(Rule.V30, Reason.MALFORMED)
                    .because("not-a-uuid");
            assertThat(offer.entry().dueEvents()).isEmpty();
            offer.onSale(true);
        }

        @Test
        void b44AnEarlierCommandIsDecidedAtTheOffersClock() {
            OfferScenario offer = offer().draft();
            Instant clock = offer.facts().clock();
            Entry entry = new OfferEngine(Policy.DEFAULT).decide(offer.state(),
                    offer.asking(SUBMIT, Optional.empty(), false), clock.minus(Duration.ofDays(1)));
            assertThat(entry.clock()).isEqualTo(clock);
        }

        @Test
        void b44ACleanupOfRowsDoesNotMoveTheClock() {
            OfferScenario offer = AudienceRulesTest.live();
            for (int chunk = 0; chunk < 4; chunk++) {
                offer.given(AudienceCommands.chunk("gold", 1, chunk, 4, 2_000,
                        AudienceCommands.from(chunk * 500 + 1, chunk * 500 + 500)));
            }
            offer.given(AudienceCommands.importing("gold", 1));
            Instant clock = offer.facts().clock();
            long sequence = offer.facts().sequence();
            offer.later(Duration.ofHours(1)).timePassed();
            assertThat(offer.facts().sequence()).isEqualTo(sequence + 1);
            assertThat(offer.facts().clock()).isEqualTo(clock);
            assertThat(OfferEngine.nextDue(offer.facts())).as("the next batch").contains(clock.plusSeconds(1));
        }

        @Test
        void idsOfEveryKindOfUuidAreToldApart() {
            UUID random = UUID.randomUUID();
            for (long bit = 0; bit < 64; bit++) {
                UUID other = new UUID(random.getMostSignificantBits() ^ (1L << bit), random.getLeastSignificantBits());
                OfferScenario offer = offer().draft();
                offer.when(new CommandEnvelope(random.toString(), "a", Optional.empty(), false, 1, SUBMIT));
                offer.when(new CommandEnvelope(other.toString(), "a", Optional.empty(), false, 1, SUBMIT))
                        .rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE);
            }
        }

        @Test
        void tooManyOrTooLongMessagesAreMalformed() {
            OfferScenario offer = OfferScenarios.PIP_PRE.given();
            List<StepMessage> many = java.util.Collections.nCopies(21, new StepMessage("1", "x"));
            offer.when(new ReportStepFailed(1, "CERTIFICATION", many))
                    .rejected(Rule.B26, Reason.MALFORMED).because("20", "21");
            offer.when(new ReportStepFailed(1, "CERTIFICATION", List.of(new StepMessage("1", "x".repeat(4001)))))
                    .rejected(Rule.B26, Reason.MALFORMED).atStep(PublishStep.CERTIFICATION);
        }
    }
}
