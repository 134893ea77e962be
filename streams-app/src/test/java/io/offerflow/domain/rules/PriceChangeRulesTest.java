package io.offerflow.domain.rules;

import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.group;
import static io.offerflow.domain.OfferScenario.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.domain.state.row.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Price changes with notice: V16, D23, N5. The stories begin in November 2026. */
class PriceChangeRulesTest {

    private static final Instant NEXT_MONTH = Instant.parse("2026-12-01T00:00:00Z");
    /** The first day of a month that is 90 days or more after 2 November. */
    private static final Instant AFTER_NOTICE = Instant.parse("2027-02-01T00:00:00Z");
    private static final Policy SCHEDULED = new Policy(Duration.ofHours(4), Duration.ZERO, true, false, false, true,
            true, Limits.DEFAULT);

    private static PlanChange monthly(String price) {
        return change("terms", List.of(term("MONTHLY", price)));
    }

    private static Value.Struct term(String name, String price) {
        return group("term", name, "price", price);
    }

    private static OfferScenario live() {
        return offer(SCHEDULED).transactableDraft("gold", "silver").live(); // 49.00 a month
    }

    private static Event.PriceChangeScheduled scheduled(Instant at, String charged) {
        return new Event.PriceChangeScheduled("gold", at, List.of(term("MONTHLY", charged)));
    }

    private static OfferScenario publishes(OfferScenario offer, PlanChange prices) {
        return offer.planned("gold", prices).live();
    }

    private static List<Event> aboutPrices(OfferScenario offer) {
        return offer.entry().decision().events().stream().filter(event -> event instanceof Event.PriceChangeScheduled
                || event instanceof Event.PriceChangeDropped).toList();
    }

    @Test
    void byDefaultChangedPricesHoldAtOnce() {
        OfferScenario offer = publishes(offer().transactableDraft("gold", "silver").live(), monthly("99.00"));
        assertThat(aboutPrices(offer)).isEmpty();
        assertThat(offer.state().prices("gold")).isEmpty();
    }

    @Test
    void aDecreaseHoldsFromTheNextMonthOn() {
        OfferScenario offer = publishes(live(), monthly("39.00"));
        assertThat(aboutPrices(offer)).containsExactly(scheduled(NEXT_MONTH, "49.00"));
        assertThat(offer.state().prices("gold")).contains(new PriceRow(NEXT_MONTH, List.of(term("MONTHLY", "49.00"))));
    }

    @Test
    void anIncreaseHoldsFromAMonthThatIsNinetyDaysAway() {
        assertThat(aboutPrices(publishes(live(), monthly("49.01")))).containsExactly(scheduled(AFTER_NOTICE, "49.00"));
    }

    @Test
    void exactlyNinetyDaysAreEnoughAndOneMomentLessIsNot() {
        Duration toTheThird = Duration.between(OfferScenario.START, Instant.parse("2026-11-03T00:00:00Z"));
        OfferScenario before = live().later(toTheThird.minusMinutes(1));
        assertThat(aboutPrices(publishes(before, monthly("59.00")))).containsExactly(scheduled(AFTER_NOTICE, "49.00"));
        OfferScenario after = live().later(toTheThird.plusMinutes(1));
        assertThat(aboutPrices(publishes(after, monthly("59.00")))).containsExactly(
                scheduled(Instant.parse("2027-03-01T00:00:00Z"), "49.00"));
    }

    @Test
    void anIncreaseBesideADecreaseTakesTheLongerNotice() {
        OfferScenario offer = offer(SCHEDULED).transactableDraft("gold", "silver").planned("gold", change("terms",
                List.of(term("MONTHLY", "49.00"), term("ANNUAL", "490.00")))).live();
        publishes(offer, change("terms", List.of(term("MONTHLY", "39.00"), term("ANNUAL", "500.00"))));
        assertThat(aboutPrices(offer)).extracting(event -> ((Event.PriceChangeScheduled) event).effectiveAt())
                .containsExactly(AFTER_NOTICE);
    }

    @Test
    void aNewTermAndAnotherWayToWriteThePriceAreNoChange() {
        assertThat(aboutPrices(publishes(live(), change("terms", List.of(term("MONTHLY", "49.0"),
                term("ANNUAL", "490.00")))))).isEmpty();
    }

    @Test
    void aSecondChangeBeforeTheDayIsMeasuredAgainstWhatIsPaidNow() {
        OfferScenario offer = publishes(live(), monthly("99.00"));
        publishes(offer, monthly("45.00"));
        assertThat(aboutPrices(offer)).containsExactly(scheduled(NEXT_MONTH, "49.00"));
    }

    @Test
    void takingItBackBeforeTheDayDropsIt() {
        OfferScenario offer = publishes(live(), monthly("99.00"));
        publishes(offer, monthly("49.00"));
        assertThat(aboutPrices(offer)).containsExactly(new Event.PriceChangeDropped("gold"));
        assertThat(offer.state().prices("gold")).isEmpty();
    }

    @Test
    void onceTheDayHasComeTheNewPricesAreWhatIsPaid() {
        OfferScenario offer = publishes(live(), monthly("39.00")).later(Duration.ofDays(40));
        publishes(offer, monthly("29.00"));
        assertThat(aboutPrices(offer)).containsExactly(scheduled(Instant.parse("2027-01-01T00:00:00Z"), "39.00"));
    }

    @Test
    void aPlanThatWasNotOnSaleHasItsPricesAtOnce() {
        OfferScenario offer = publishes(live().stopped(), monthly("99.00"));
        assertThat(aboutPrices(offer)).isEmpty();
        OfferScenario pending = publishes(live(), monthly("99.00")).stopped();
        publishes(pending, monthly("79.00"));
        assertThat(aboutPrices(pending)).containsExactly(new Event.PriceChangeDropped("gold"));
    }

    @Test
    void aDeletedPlanLeavesNothingOfIt() {
        OfferScenario offer = publishes(live(), monthly("99.00"))
                .given(new Command.StopSellingPlan("gold", Optional.empty(), true)).later(Duration.ofHours(4))
                .timePassed()
                .given(new Command.DeleteDraftPlan("gold", true));
        assertThat(offer.rows()).doesNotContainKey(new RowKey.PriceKey("gold"));
        OfferScenario gone = publishes(live(), monthly("99.00")).stopped().deleted();
        assertThat(gone.rows()).doesNotContainKey(new RowKey.PriceKey("gold"));
    }
}
