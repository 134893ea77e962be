package io.offerflow.domain;

import static io.offerflow.domain.AudienceCommands.acquire;
import static io.offerflow.domain.AudienceCommands.add;
import static io.offerflow.domain.AudienceCommands.importing;
import static io.offerflow.domain.AudienceCommands.remove;
import static io.offerflow.domain.AudienceCommands.sync;
import static io.offerflow.domain.AudienceRulesTest.hidden;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.AudienceState;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.row.PendingSync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sync that takes its time, where an operator has set a delay: rows A4, A9–A12, with B12, B31, B43 and B47. */
class AudienceSyncDelayTest {

    static final Duration DELAY = Duration.ofMinutes(30);
    /** As the defaults, but for a delay of syncs. */
    static final Policy DELAYED = new Policy(Duration.ofHours(4), DELAY, true, false, false, true, false,
            Limits.DEFAULT);

    /** Live, with private plans gold and bronze for customer 1 and a public plan silver; then 2 is put into gold. */
    private static OfferScenario changed() {
        return OfferScenario.offer(DELAYED).transactableDraft("silver").planned("gold", hidden("Gold"))
                .planned("bronze", hidden("Bronze")).given(add("gold", 1)).given(add("bronze", 1)).live()
                .given(add("gold", 2));
    }

    private static OfferScenario syncing() {
        return changed().given(sync());
    }

    private static OfferScenario due(OfferScenario offer) {
        return offer.later(DELAY).timePassed();
    }

    private static OfferScenario is(OfferScenario offer, AudienceState state) {
        assertThat(offer.state().audienceState("gold")).contains(state);
        return offer;
    }

    @Test
    void b12ThereIsNoDelayUnlessOneIsSet() {
        assertThat(Policy.DEFAULT.audienceSyncDelay()).isZero();
        OfferScenario offer = AudienceRulesTest.live().given(add("gold", 2)).when(sync());
        offer.accepted(new Event.AudienceSynced(List.of("gold"), offer.facts().revision()));
        assertThat(OfferEngine.nextDue(offer.facts())).isEmpty();
    }

    @Test
    void a4ASyncIsOnItsWayAndNobodyMoreMayBuyBeforeItIsDone() {
        OfferScenario offer = changed().when(sync());
        Instant done = offer.now().plus(DELAY);
        offer.accepted(new Event.AudienceSyncRequested(List.of("gold"), offer.facts().revision(), done));
        assertThat(OfferEngine.nextDue(offer.facts())).contains(done);
        assertThat(offer.state().pendingSync("gold")).map(PendingSync::effectiveAt).contains(done);
        is(offer, AudienceState.SYNCING).when(acquire("gold", 2)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void a9S35TheSyncIsDoneAtItsTimeHoweverLateAnybodyNotices() {
        OfferScenario offer = syncing();
        Instant done = offer.now().plus(DELAY);
        long asked = offer.facts().revision();
        offer.planned("gold", Contents.change("description", "Not to be published."));
        offer.later(Duration.ofDays(3)).timePassed();
        assertThat(offer.entry().dueEvents()).containsExactly(
                new Entry.DueEvent(done, Rule.A9, new Event.AudienceSynced(List.of("gold"), asked)));
        is(offer, AudienceState.IN_SYNC).when(acquire("gold", 2)).accepted();
        assertThat(offer.facts().liveVersion()).isEqualTo(1);
        assertThat(offer.state().livePlans().plans().get("gold").revision())
                .isLessThan(offer.state().plans().plans().get("gold").revision());
        assertThat(OfferEngine.nextDue(offer.facts())).isEmpty();
    }

    @Test
    void a10B12WhatIsEditedMeanwhileWaitsForTheNextSync() {
        OfferScenario offer = is(syncing().given(add("gold", 3)).given(remove("gold", 2)), AudienceState.SYNCING);
        is(due(offer), AudienceState.CHANGED);
        offer.when(acquire("gold", 2)).accepted().when(acquire("gold", 3)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
        is(due(offer.given(sync())), AudienceState.IN_SYNC);
        offer.when(acquire("gold", 2)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE)
                .when(acquire("gold", 3)).accepted(); // A14
    }

    @Test
    void b12AnImportMeanwhileDoesNotTakeAwayTheListThatIsSynced() {
        OfferScenario offer = due(syncing().given(importing("gold", 7, 8)));
        offer.when(acquire("gold", 2)).accepted().when(acquire("gold", 7)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void a4APlanIsSyncedOnceAtATimeAndOthersBesideIt() {
        OfferScenario offer = syncing().given(add("gold", 3)).when(sync()).rejected(Rule.A10, Reason.NOTHING_TO_SYNC)
                .because("gold", "takes effect at").given(add("bronze", 2)).given(sync());
        assertThat(offer.entry().decision().events()).singleElement().isInstanceOfSatisfying(
                Event.AudienceSyncRequested.class, asked -> assertThat(asked.planIds()).containsExactly("bronze"));
        due(offer);
        assertThat(offer.entry().dueEvents()).extracting(Entry.DueEvent::event).hasSize(2)
                .allMatch(Event.AudienceSynced.class::isInstance);
    }

    @Test
    void a12D26ARunThatWasSubmittedBeforeTheRequestGetsTheListToo() {
        OfferScenario offer = changed().given(remove("gold", 2)).submittedUpdate().given(add("gold", 2)).given(sync());
        due(offer).stepsDone().signedOff().stepsDone().when(acquire("gold", 2)).accepted();
    }

    @Test
    void b12ASnapshotThatWasSubmittedAfterTheRequestIsNotPatched() {
        OfferScenario offer = syncing().given(add("gold", 3)).submitted();
        due(offer).when(acquire("gold", 3)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE)
                .when(acquire("gold", 2)).accepted();
        offer.stepsDone().signedOff().stepsDone().when(acquire("gold", 3)).accepted();
    }

    @Test
    void b12AnOldSyncTakesNothingBackFromALaterPublish() {
        OfferScenario offer = due(syncing().given(add("gold", 3)).given(remove("gold", 2)).live());
        is(offer, AudienceState.IN_SYNC).when(acquire("gold", 3)).accepted()
                .when(acquire("gold", 2)).rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void b12APlanThatIsNoLongerOnSaleIsLeftOut() {
        OfferScenario offer = changed().given(add("bronze", 2)).given(stop("gold", 0)).later(Duration.ofMinutes(239))
                .given(sync());
        due(offer);
        assertThat(offer.entry().dueEvents()).extracting(Entry.DueEvent::event).containsExactly(
                new Event.PlanSellingStopped("gold"), new Event.AudienceSynced(List.of("bronze"), offer.facts()
                        .revision()));
        is(offer, AudienceState.CHANGED);
    }

    @Test
    void a11ASyncFailsWhenNoneOfItsPlansIsOnSaleAnyMore() {
        OfferScenario offer = changed().given(stop("gold", 0)).later(Duration.ofMinutes(239)).given(sync());
        due(offer);
        assertThat(offer.entry().dueEvents()).extracting(Entry.DueEvent::event).containsExactly(
                new Event.PlanSellingStopped("gold"), new Event.AudienceSyncFailed(List.of("gold")));
        assertThat(offer.entry().rules()).containsExactly(Rule.P10, Rule.A11);
        is(offer, AudienceState.FAILED).when(sync("gold")).rejected(Rule.A13, Reason.NOT_ON_SALE);
        is(offer.given(add("gold", 3)), AudienceState.CHANGED); // A1: from any state
        is(offer.given(new Command.UpdatePlan("gold", Contents.change("description", "Back."), Optional.empty()))
                .live(),
                AudienceState.IN_SYNC).when(acquire("gold", 3)).accepted();
    }

    @Test
    void a11APublishThatBringsThePlanBackEndsTheFailure() {
        OfferScenario offer = changed().given(stop("gold", 0)).later(Duration.ofMinutes(239)).given(sync());
        due(offer).given(new Command.UpdatePlan("gold", Contents.change("description", "Back."), Optional.empty()))
                .live();
        is(offer, AudienceState.IN_SYNC);
    }

    @Test
    void b43AtOneInstantSyncThenPlanStopThenOfferStop() {
        OfferScenario offer = changed().given(stop("gold", 300)).given(stop("bronze", 300))
                .given(new Command.StopSellingOffer(Optional.of(OfferScenario.START.plus(Duration.ofMinutes(300))),
                true));
        offer.later(Duration.between(offer.now(), OfferScenario.START.plus(Duration.ofMinutes(270)).minusMillis(1)))
                .given(sync());
        due(offer);
        assertThat(offer.entry().dueEvents()).extracting(Entry.DueEvent::event).containsExactly(
                new Event.AudienceSynced(List.of("gold"), offer.facts().revision()),
                        new Event.PlanSellingStopped("bronze"),
                new Event.PlanSellingStopped("gold"), new Event.SellingStopped());
        assertThat(offer.entry().dueEvents()).extracting(Entry.DueEvent::at)
                .containsOnly(OfferScenario.START.plus(Duration.ofMinutes(300)));
    }

    @Test
    void b12NothingIsLeftOfASyncWhoseOfferIsDeleted() {
        OfferScenario offer = changed().stopPending().later(Duration.ofMinutes(239)).given(sync())
                .later(Duration.ofMinutes(2)).timePassed().deleted();
        assertThat(OfferEngine.nextDue(offer.facts()).filter(at -> !offer.facts().audience().leftovers())).isEmpty();
        assertThat(offer.state().audiences().syncs()).isEmpty();
    }

    /** A stop so many minutes after the story began, at the earliest. */
    private static Command stop(String planId, int minutes) {
        return new Command.StopSellingPlan(planId, Optional.of(OfferScenario.START.plus(Duration.ofMinutes(minutes))),
                true);
    }
}
