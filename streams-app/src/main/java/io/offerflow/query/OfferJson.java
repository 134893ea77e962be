package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.OfferStatus;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.http.Json;
import io.offerflow.topology.outputs.OfferStatusProjection;
import io.offerflow.topology.outputs.PlanStatusProjection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An offer without its content: its row on offer-status, its plans, what is pending, and its views. */
final class OfferJson {

    private OfferJson() {
    }

    static ObjectNode of(OfferState offer, Instant now) {
        OfferStatus row = OfferStatusProjection.row(offer);
        ObjectNode node = (ObjectNode) AvroJson.write(row);
        node.remove("scheduled"); // a part of pending
        node.set("plans", plans(offer));
        node.set("pending", Json.array(pending(row, offer, now)));
        offer.header().removal().ifPresentOrElse(request -> node.putObject("removal").put("request", request.number())
                .put("state", request.state().name()), () -> node.putNull("removal"));
        ObjectNode views = node.putObject("views");
        for (ContentView view : ContentView.values()) {
            views.put(view.label(), view.of(offer).isPresent());
        }
        return node;
    }

    private static ArrayNode plans(OfferState offer) {
        ArrayNode plans = Json.records(PlanStatusProjection.all(offer));
        plans.forEach(plan -> ((ObjectNode) plan).remove(List.of("publisherId", "offerId", "sequence", "changedAt")));
        return plans;
    }

    private static List<ObjectNode> pending(OfferStatus row, OfferState offer, Instant now) {
        List<ObjectNode> pending = new ArrayList<>();
        row.getScheduled().forEach(change -> pending.add(due(change.getWhat().name(),
                Optional.ofNullable(change.getPlanId()), change.getAt(), now)));
        pending.addAll(prices(offer, now));
        offer.header().activeRun().ifPresent(run -> pending.add(step(run, now)));
        return pending;
    }

    /** Scheduled changes of prices (D23). */
    private static List<ObjectNode> prices(OfferState offer, Instant now) {
        return offer.livePlans().plans().keySet().stream().flatMap(planId -> offer.prices(planId)
                .map(PriceRow::effectiveAt).filter(now::isBefore)
                .map(at -> due("PRICES_CHANGE", Optional.of(planId), at, now)).stream()).toList();
    }

    private static ObjectNode due(String what, Optional<String> planId, Instant at, Instant now) {
        return pending(what, planId, Optional.empty(), Optional.empty(), Optional.of(at)).put("certain", true)
                .put("overdue", now.isAfter(at));
    }

    private static ObjectNode step(PublishingRun run, Instant now) {
        Optional<Instant> since = run.progress().get(run.current()).startedAt();
        boolean person = run.step() == PublishStep.PUBLISHER_SIGN_OFF;
        Optional<Instant> at = since.filter(started -> !person)
                .map(started -> started.plus(Duration.ofMinutes(run.step().estimatedMinutes())));
        return pending(person ? "PUBLISHER_SIGNS_OFF" : "STEP_ENDS", Optional.empty(), Optional.of(run.step().name()),
                since, at)
                .put("certain", false).put("overdue", at.filter(now::isAfter).isPresent());
    }

    private static ObjectNode pending(String what, Optional<String> planId, Optional<String> step,
            Optional<Instant> since, Optional<Instant> at) {
        ObjectNode node = Json.object().put("what", what);
        node.set("planId", Json.text(planId));
        node.set("step", Json.text(step));
        node.set("since", Json.time(since));
        node.set("at", Json.time(at));
        return node;
    }
}
