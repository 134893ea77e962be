package io.offerflow.domain;

import static io.offerflow.domain.AudienceCommands.acquire;
import static io.offerflow.domain.AudienceCommands.add;
import static io.offerflow.domain.AudienceCommands.from;
import static io.offerflow.domain.AudienceCommands.id;
import static io.offerflow.domain.AudienceCommands.importing;
import static io.offerflow.domain.AudienceCommands.remove;
import static io.offerflow.domain.AudienceCommands.sync;
import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.plan;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command.AddAudienceId;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.RowKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private audiences: rows A1, A3–A14, rules V19–V23, with what B- and D-rows settle about them. */
public class AudienceRulesTest {

    private static final SubmitOffer SUBMIT = new SubmitOffer(Optional.empty());

    public static PlanChange hidden(String name) {
        return new PlanChange(Contents.group("name", name, "description", "For some.", "markets", List.of("DE"),
                "pricingModel", "FLAT_RATE", "visibility", "PRIVATE", "terms",
                List.of(Contents.group("term", "MONTHLY", "price", "49.00"))), List.of());
    }

    /** A draft with a private plan gold, customer 1 in its audience, and a public plan silver. */
    public static OfferScenario withGold() {
        return offer().transactableDraft("silver").planned("gold", hidden("Gold")).given(add("gold", 1));
    }

    public static OfferScenario live() {
        return withGold().live();
    }

    @Nested
    class Editing {

        @Test
        void a1S33AnAddedCustomerIsSavedAndNothingElseHappens() {
            withGold().when(add("gold", 2)).accepted(new Event.AudienceIdAdded("gold", 1, 11, AudienceType.TENANT,
                    id(2),
                    Optional.empty())).status(Status.DRAFT);
        }

        @Test
        void a1S11AnAddedCustomerCannotBuyBeforeASyncOrAPublish() {
            live().given(add("gold", 2)).when(acquire("gold", 2))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE).because(id(2), "gold")
                    .when(acquire("gold", 1)).accepted();
        }

        @ParameterizedTest
        @EnumSource(value = OfferScenarios.class, mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "DELETED", "DELETED_SOLD"})
        void a1AudiencesAreEditedInEveryStatus(OfferScenarios state) {
            OfferScenario offer = state.given();
            Status before = offer.facts().status();
            offer.planned("gold", hidden("Gold")).when(add("gold", 1)).accepted().when(add("gold", 2)).accepted()
                    .when(remove("gold", 1)).accepted().status(before);
        }

        @Test
        void b20APlanThatIsPublicInDraftAndLiveHasNoAudience() {
            live().when(add("silver", 1)).rejected(Rule.B20, Reason.PLAN_NOT_PRIVATE).because("silver")
                    .when(remove("silver", 1)).rejected(Rule.B20, Reason.PLAN_NOT_PRIVATE)
                    .when(importing("silver", 1)).rejected(Rule.B20, Reason.PLAN_NOT_PRIVATE);
        }

        @Test
        void b20APlanThatIsPrivateInEitherHasOne() {
            live().planned("gold", change("visibility", "PUBLIC")).when(add("gold", 2)).accepted();
            offer().transactableDraft("silver").live().planned("silver", change("visibility", "PRIVATE"))
                    .when(add("silver", 2)).accepted();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0B1C2D3E-0000-4000-8000-000000000001", "0b1c2d3e00004000800000000000000a",
            "0b1c2d3e-0000-4000-8000-00000000000", "someone@contoso.example.com"})
        void v20B60AnIdIsAGuidInLowerCase(String id) {
            withGold().when(new AddAudienceId("gold", id, "TENANT", Optional.empty()))
                    .rejected(Rule.V20, Reason.INVALID_AUDIENCE_ID).because("GUID in lower case");
        }

        @Test
        void v20ALabelHasAtMostAThousandCharacters() {
            String thousand = "🛒".repeat(1_000);
            withGold().when(new AddAudienceId("gold", id(2), "TENANT", Optional.of(thousand))).accepted()
                    .when(new AddAudienceId("gold", id(3), "TENANT", Optional.of(thousand + "x")))
                    .rejected(Rule.V20, Reason.INVALID_AUDIENCE_ID).because("1,000");
        }

        @ParameterizedTest
        @CsvSource({"SAAS, TENANT, true", "SAAS, SUBSCRIPTION, false", "AZURE_APPLICATION, TENANT, false",
            "AZURE_APPLICATION, SUBSCRIPTION, true", "MANAGED_SERVICE, SUBSCRIPTION, true",
            "MANAGED_SERVICE, TENANT, false", "VIRTUAL_MACHINE, TENANT, true", "VIRTUAL_MACHINE, SUBSCRIPTION, true"})
        void v23TheTypeOfAnIdBelongsToTheKindOfOffer(String offerType, String type, boolean allowed) {
            OfferScenario offer = offer().given(new Command.CreateOffer(offerType, "Planner"))
                    .planned("gold", hidden("Gold")).when(add("gold", 1, type));
            if (allowed) {
                offer.accepted();
            } else {
                offer.rejected(Rule.V23, Reason.INVALID_AUDIENCE_ID).because(type, offerType);
            }
        }

        @Test
        void a1AnotherTypeOfIdIsMalformed() {
            withGold().when(add("gold", 2, "EMAIL")).rejected(Rule.B26, Reason.MALFORMED).because("EMAIL");
        }

        @Test
        void v20TheSameIdTwiceIsRefused() {
            withGold().when(add("gold", 1)).rejected(Rule.V20, Reason.DUPLICATE_ID).because(id(1));
        }

        @Test
        void v21B22B61TheEleventhTypedInByHandIsRefusedUntilOneIsTakenOut() {
            OfferScenario offer = withGold();
            for (int i = 2; i <= 10; i++) {
                offer.given(add("gold", i));
            }
            offer.when(add("gold", 11)).rejected(Rule.B22, Reason.AUDIENCE_LIMIT).because("10").given(remove("gold", 3))
                    .when(add("gold", 11)).accepted().when(add("gold", 12)).rejected(Rule.B22, Reason.AUDIENCE_LIMIT);
        }

        @Test
        void b22AfterAnImportTenMoreMayBeTypedIn() {
            OfferScenario offer = withGold().given(importing("gold", from(1, 500)));
            for (int i = 501; i <= 510; i++) {
                offer.given(add("gold", i));
            }
            offer.when(add("gold", 511)).rejected(Rule.B22, Reason.AUDIENCE_LIMIT).given(remove("gold", 7))
                    .when(add("gold", 511)).rejected(Rule.B22, Reason.AUDIENCE_LIMIT);
        }

        @Test
        void a3SomebodyWhoIsNotInItCannotBeTakenOut() {
            withGold().when(remove("gold", 2)).rejected(Rule.A3, Reason.NOT_FOUND).because(id(2));
        }

        @Test
        void a3V19TheLastOneCannotBeTakenOut() {
            withGold().when(remove("gold", 1)).rejected(Rule.A3, Reason.AUDIENCE_EMPTY).given(add("gold", 2))
                    .when(remove("gold", 1)).accepted(new Event.AudienceIdRemoved("gold", 1, 12, id(1)));
        }

        @Test
        void a3WhoWasTakenOutCanBeAddedAgain() {
            live().given(add("gold", 2)).given(remove("gold", 1)).given(add("gold", 1)).given(remove("gold", 2))
                    .when(sync()).rejected(Rule.A5, Reason.NOTHING_TO_SYNC).when(acquire("gold", 1)).accepted();
        }

        @Test
        void b26AnUnknownPlanIsNamedFirst() {
            withGold().when(new AddAudienceId("golf", "x", "TENANT", Optional.empty()))
                    .rejected(Rule.A1, Reason.PLAN_NOT_FOUND)
                    .because("gold").when(sync("golf")).rejected(Rule.A4, Reason.PLAN_NOT_FOUND);
        }

        @Test
        void b42EveryChangeOfTheSavedAudienceIsADraftVersionAndASyncIsNone() {
            OfferScenario offer = live();
            long version = offer.facts().revision();
            offer.given(add("gold", 2));
            assertThat(offer.facts().revision()).isEqualTo(version + 1);
            offer.given(remove("gold", 1));
            assertThat(offer.facts().revision()).isEqualTo(version + 2);
            offer.given(sync());
            assertThat(offer.facts().revision()).isEqualTo(version + 2);
        }
    }

    @Nested
    class Completeness {

        @Test
        void v19APrivatePlanWithoutAudienceIsIncomplete() {
            offer().transactableDraft("silver").planned("gold", hidden("Gold"))
                    .problems(SectionId.PLAN_OVERVIEW, "plans[gold].audience").when(SUBMIT)
                    .rejected(Rule.O3, Reason.SECTIONS_INCOMPLETE).because("plans[gold].audience")
                    .given(add("gold", 1)).problems(SectionId.PLAN_OVERVIEW).when(SUBMIT).accepted();
        }

        @Test
        void v19AnImportCompletesItToo() {
            offer().transactableDraft("silver").planned("gold", hidden("Gold")).given(importing("gold", 1, 2))
                    .problems(SectionId.PLAN_OVERVIEW);
        }

        @Test
        void v19APublicPlanNeedsNone() {
            offer().transactableDraft("silver").problems(SectionId.PLAN_OVERVIEW);
        }

        @Test
        void b11ADifferentAudienceIsAnUnpublishedChangeAndTheSameOneIsNone() {
            live().given(add("gold", 2)).section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES)
                    .given(remove("gold", 2)).section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED)
                    .when(SUBMIT).rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
        }

        @Test
        void b11ALabelIsNoDifference() {
            live().given(new Command.ImportAudience("gold", id(9), 0, 1, 1, Optional.empty(), List.of(
                    new Command.AudienceRow(id(1), "TENANT", Optional.of("The first one"), 2)), true))
                    .section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED)
                    .when(sync()).rejected(Rule.A5, Reason.NOTHING_TO_SYNC);
        }
    }

    @Nested
    class Syncing {

        @Test
        void a4A9D27D30S35ASyncMakesTheSavedAudienceCountAndPublishesNothingElse() {
            OfferScenario offer = live().planned("gold", change("description", "New words.")).given(add("gold", 2))
                    .given(remove("gold", 1));
            PlanOverviewRow live = offer.state().livePlans();
            long version = offer.facts().liveVersion();
            offer.when(sync()).accepted(new Event.AudienceSynced(List.of("gold"), offer.facts().revision()))
                    .status(Status.LIVE).section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES)
                    .when(acquire("gold", 2)).accepted().when(acquire("gold", 1))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
            assertThat(offer.state().livePlans()).isEqualTo(live);
            assertThat(offer.facts().liveVersion()).isEqualTo(version);
            assertThat(offer.facts().activeRun()).isEmpty();
        }

        @Test
        void a9B30AfterASyncNothingIsLeftToSync() {
            live().given(add("gold", 2)).given(sync()).when(sync())
                    .rejected(Rule.A5, Reason.NOTHING_TO_SYNC).because("gold")
                    .when(SUBMIT).rejected(Rule.O4, Reason.NOTHING_TO_PUBLISH);
        }

        @Test
        void a10WhatIsEditedAfterwardsWaitsForTheNextSync() {
            live().given(add("gold", 2)).given(sync()).given(add("gold", 3)).when(acquire("gold", 3))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE).given(sync()).when(acquire("gold", 3)).accepted();
        }

        @Test
        void a6AnOfferWithoutPrivatePlansHasNothingToSync() {
            offer().transactableDraft("silver").live().when(sync()).rejected(Rule.A6, Reason.NO_PRIVATE_PLAN)
                    .when(sync("silver")).rejected(Rule.A6, Reason.NO_PRIVATE_PLAN).because("silver");
        }

        @Test
        void b31APlanThatIsPrivateOnlyInTheDraftIsNotSynced() {
            offer().transactableDraft("silver").live().planned("silver", change("visibility", "PRIVATE"))
                    .given(add("silver", 1)).when(sync()).rejected(Rule.A6, Reason.NO_PRIVATE_PLAN);
        }

        @Test
        void a7APlanThatNeverWasLiveIsPublishedWithItsAudience() {
            withGold().when(sync()).rejected(Rule.A7, Reason.PLAN_NOT_LIVE).because("Publish the offer");
        }

        @Test
        void a8B21AFirstTypeOfIdNeedsAFullPublish() {
            OfferScenario machine = offer().transactableDraft(OfferType.VIRTUAL_MACHINE, "silver");
            machine.planned("gold", hidden("Gold")).given(add("gold", 1, "TENANT"))
                    .live().given(add("gold", 2, "SUBSCRIPTION")).when(sync())
                    .rejected(Rule.A8, Reason.FULL_PUBLISH_REQUIRED)
                    .because("gold").live().when(acquire("gold", 2)).accepted()
                    .given(remove("gold", 2)).given(sync()).given(add("gold", 3, "SUBSCRIPTION")) // ever, not now
                    .when(sync()).accepted();
        }

        @Test
        void b21AnotherPlanIsSyncedByNamingIt() {
            OfferScenario machine = offer().transactableDraft(OfferType.VIRTUAL_MACHINE, "silver");
            machine.planned("gold", hidden("Gold")).given(add("gold", 1, "TENANT"))
                    .planned("bronze", hidden("Bronze")).given(add("bronze", 1, "TENANT")).live()
                    .given(add("gold", 2, "SUBSCRIPTION")).given(add("bronze", 2, "TENANT"))
                    .when(sync()).rejected(Rule.A8, Reason.FULL_PUBLISH_REQUIRED)
                    .when(sync("bronze")).accepted(new Event.AudienceSynced(List.of("bronze"), machine.facts()
                    .revision()));
        }

        @Test
        void d24PlansThatDoNotDifferAreLeftOut() {
            OfferScenario offer = withGold().planned("bronze", hidden("Bronze")).given(add("bronze", 1)).live()
                    .given(add("bronze", 2));
            offer.when(sync()).accepted(new Event.AudienceSynced(List.of("bronze"), offer.facts().revision()));
        }

        @Test
        void d25ALivePlanThatTheDraftTurnsPublicIsStillSynced() {
            live().planned("gold", change("visibility", "PUBLIC")).given(add("gold", 2)).when(sync()).accepted()
                    .when(acquire("gold", 2)).accepted().when(acquire("gold", 3))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
        }

        @Test
        void a12D26ASyncAlsoHoldsForARunningSnapshot() {
            live().planned("gold", change("description", "New words.")).given(SUBMIT).given(add("gold", 2))
                    .given(remove("gold", 1)).given(sync()).stepsDone().signedOff().stepsDone()
                    .when(acquire("gold", 2)).accepted().when(acquire("gold", 1))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
        }

        @Test
        void aFullPublishPublishesTheAudienceAsItWasAtSubmit() {
            live().given(add("gold", 2)).given(SUBMIT).given(add("gold", 3)).stepsDone().signedOff().stepsDone()
                    .when(acquire("gold", 2)).accepted().when(acquire("gold", 3))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE)
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES);
        }

        @Test
        void aCancelledRunLeavesTheAudienceThatCounts() {
            live().given(add("gold", 2)).given(SUBMIT).given(new Command.CancelPublish(true))
                    .when(acquire("gold", 2)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE)
                    .when(acquire("gold", 1)).accepted();
        }

        @Test
        void b11WhatIsEditedDuringTheFirstRunIsAChangeOnceThatIsLive() {
            withGold().given(SUBMIT).given(add("gold", 2)).stepsDone().signedOff().stepsDone()
                    .section(SectionId.PLAN_OVERVIEW, SectionState.UNPUBLISHED_CHANGES).when(SUBMIT).accepted();
        }

        @Test
        void a13APlanOrOfferThatIsNotSoldIsNotSynced() {
            live().given(add("gold", 2)).stopped().when(sync()).rejected(Rule.A13, Reason.NOT_ON_SALE).because("gold");
            live().given(add("gold", 2)).given(new Command.StopSellingPlan("gold", Optional.empty(), true))
                    .when(sync()).accepted() // B31: a pending stop does not matter
                    .given(add("gold", 3)).later(Duration.ofHours(4)).timePassed()
                    .when(sync()).rejected(Rule.A13, Reason.NOT_ON_SALE);
        }

        @Test
        void b64AnOfferWithPrivatePlansOnlyIsOnSaleForThem() {
            offer().transactableDraft().planned("gold", hidden("Gold")).given(add("gold", 1)).live().onSale(true)
                    .when(acquire("gold", 2)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE)
                    .when(acquire("gold", 1)).accepted();
        }

        @Test
        void b20AStoppedPlanThatWasPublishedAsPublicMeanwhileIsNotPrivateAnyMore() {
            live().planned("gold", change("visibility", "PUBLIC"))
                    .given(new Command.StopSellingPlan("gold", Optional.empty(), true)).submitted()
                    .later(Duration.ofHours(4)).stepsDone().signedOff().stepsDone()
                    .when(sync()).rejected(Rule.A6, Reason.NO_PRIVATE_PLAN).when(add("gold", 2))
                    .rejected(Rule.B20, Reason.PLAN_NOT_PRIVATE);
        }

        @Test
        void b63WhileThePlanIsNotOnSaleNobodyIsInItsLiveAudience() {
            OfferScenario offer = live();
            assertThat(offer.state().liveAudience("gold")).isPresent();
            offer.stopped();
            assertThat(offer.state().liveAudience("gold")).isEmpty();
            assertThat(offer.state().savedAudience("gold")).isPresent();
        }

        @Test
        void a14D28WhoIsTakenOutKeepsWhatTheyHaveAndCannotBuyAgain() {
            live().given(acquire("gold", 1)).given(add("gold", 2)).given(remove("gold", 1)).given(sync())
                    .when(new Command.DownloadOffer(id(1), "gold")).accepted()
                    .when(acquire("gold", 1)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE); // B15
        }

        @Test
        void b41ADryRunOfASyncChangesNothing() {
            OfferScenario offer = live().given(add("gold", 2));
            offer.when(offer.asking(sync(), Optional.empty(), true)).accepted().when(acquire("gold", 2))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
        }
    }

    @Nested
    class Leaving {

        @Test
        void p5AnIdOfAPlanThatIsUsedAgainBeginsWithoutAudience() {
            withGold().given(new Command.DeleteDraftPlan("gold", true)).planned("gold", hidden("Gold"))
                    .problems(SectionId.PLAN_OVERVIEW, "plans[gold].audience").when(remove("gold", 1))
                    .rejected(Rule.A3, Reason.NOT_FOUND);
        }

        @Test
        void d37AnIdOfAnOfferThatIsUsedAgainBeginsWithoutAudience() {
            withGold().deleted().draft().planned("gold", hidden("Gold")).when(remove("gold", 1))
                    .rejected(Rule.A3, Reason.NOT_FOUND);
        }

        @Test
        void whatNobodyRefersToAnyMoreGoesInSteps() {
            OfferScenario offer = withGold();
            for (int chunk = 0; chunk < 4; chunk++) {
                offer.given(AudienceCommands.chunk("gold", 1, chunk, 4, 2_000,
                        from(chunk * 500 + 1, chunk * 500 + 500)));
            }
            offer.live().given(importing("gold", 7, 8)).given(sync());
            assertThat(offer.facts().audience().leftovers()).isTrue();
            long most = members(offer);
            while (offer.facts().audience().leftovers()) {
                offer.later(Duration.ofSeconds(2)).timePassed();
                assertThat(most - members(offer)).as("rows that one entry deletes").isBetween(0L, 500L);
                most = members(offer);
            }
            assertThat(members(offer)).isEqualTo(2);
            offer.when(acquire("gold", 7)).accepted().when(acquire("gold", 1))
                    .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
        }

        @Test
        void whoWasTakenOutGoesOnceNobodySeesThemAnyMore() {
            OfferScenario offer = live().given(add("gold", 2)).given(remove("gold", 1));
            assertThat(members(offer)).as("the live version still sees customer 1").isEqualTo(2);
            offer.given(sync());
            assertThat(members(offer)).isEqualTo(1);
        }

        @Test
        void ofADeletedOfferNoAudienceIsLeft() {
            OfferScenario offer = live().stopped().deleted().later(Duration.ofSeconds(9)).timePassed()
                    .later(Duration.ofSeconds(9)).timePassed();
            assertThat(members(offer)).isZero();
            assertThat(offer.rows()).doesNotContainKey(new RowKey.AudienceIndexKey());
        }

        private static long members(OfferScenario offer) {
            return offer.rows().keySet().stream().filter(RowKey.AudienceMemberKey.class::isInstance).count();
        }
    }
}
