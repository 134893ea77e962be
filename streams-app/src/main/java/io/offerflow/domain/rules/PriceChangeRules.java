package io.offerflow.domain.rules;

import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PriceRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Price changes with notice (V16, D23, N5), if the policy enables them: a decrease takes effect on the first day of the
 * next month; an increase, alone or together with decreases, on the first day of a month that is at least 90 days away.
 * Nothing falls due: consumers that show prices compare the day. New terms, and plans that were not on sale, have their
 * prices at once.
 */
final class PriceChangeRules {

    private static final Duration NOTICE = Duration.ofDays(90);

    private final boolean scheduled;

    PriceChangeRules(Policy policy) {
        this.scheduled = policy.priceChangeScheduling();
    }

    /** The price changes that follow when a version goes live. */
    List<Event> atGoLive(OfferState before, OfferState live, Instant now) {
        List<Event> events = new ArrayList<>();
        PlanOverviewRow published = before.livePlans();
        live.livePlans().plans().keySet().forEach(planId -> {
            Optional<PriceRow> pending = before.prices(planId);
            Optional<Event> change = scheduled && before.isForSale(planId) && published.plans().containsKey(planId)
                    ? change(planId, pending.filter(prices -> now.isBefore(prices.effectiveAt()))
                            .map(PriceRow::charged).orElseGet(() -> before.plan(planId, published).items("terms")),
                            live.plan(planId, live.livePlans()).items("terms"), now)
                    : Optional.empty();
            change.or(() -> pending.map(gone -> new Event.PriceChangeDropped(planId))).ifPresent(events::add);
        });
        return events;
    }

    private static Optional<Event> change(String planId, List<Value> charged, List<Value> next, Instant now) {
        Map<String, BigDecimal> old = prices(charged);
        Map<String, BigDecimal> agreed = prices(next);
        agreed.keySet().retainAll(old.keySet());
        boolean up = agreed.entrySet().stream().anyMatch(term -> term.getValue().compareTo(old.get(term.getKey())) > 0);
        boolean down =
                agreed.entrySet().stream().anyMatch(term -> term.getValue().compareTo(old.get(term.getKey())) < 0);
        return up || down ? Optional.of(new Event.PriceChangeScheduled(planId, up ? increase(now) : decrease(now),
                charged)) : Optional.empty();
    }

    private static Map<String, BigDecimal> prices(List<Value> terms) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        terms.forEach(item -> {
            Value.Struct term = (Value.Struct) item;
            prices.put(term.text("term").orElse(""), new BigDecimal(term.text("price").orElse("0")));
        });
        return prices;
    }

    private static Instant decrease(Instant now) {
        return firstDay(YearMonth.from(now.atOffset(ZoneOffset.UTC)).plusMonths(1));
    }

    private static Instant increase(Instant now) {
        Instant soonest = now.plus(NOTICE);
        Instant month = firstDay(YearMonth.from(soonest.atOffset(ZoneOffset.UTC)));
        return month.isBefore(soonest) ? firstDay(YearMonth.from(soonest.atOffset(ZoneOffset.UTC)).plusMonths(1))
                : month;
    }

    private static Instant firstDay(YearMonth month) {
        return month.atDay(1).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
    }
}
