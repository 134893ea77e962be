package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.OfferState;
import io.offerflow.http.Json;

/** The content of an offer as JSON; fields without a value are omitted. */
final class ContentJson {

    private ContentJson() {
    }

    static ObjectNode of(OfferState offer, ContentView.ViewSnapshot snapshot) {
        OfferKey key = offer.key();
        ObjectNode node = Json.object().put("publisherId", key.publisherId()).put("offerId", key.offerId())
                .put("view", snapshot.view().label()).put("draftVersion", snapshot.draftVersion());
        node.set("submission", Json.number(snapshot.submission()));
        node.set("liveVersion", Json.number(snapshot.liveVersion()));
        return node.setAll(content(offer, snapshot));
    }

    /** Only sections and plans. */
    static ObjectNode content(OfferState offer, ContentView.ViewSnapshot snapshot) {
        ObjectNode node = Json.object();
        ObjectNode sections = node.putObject("sections");
        for (SectionId section : SectionId.values()) {
            if (section != SectionId.PLAN_OVERVIEW) { // its content is the plans (B24)
                offer.at(section, snapshot.draftVersion()).ifPresent(row ->
                        sections.set(section.name(), json(row.content().fields())));
            }
        }
        ObjectNode plans = node.putObject("plans");
        snapshot.plans().plans().keySet().forEach(planId ->
                plans.set(planId, json(offer.plan(planId, snapshot.plans()))));
        return node;
    }

    private static JsonNode json(Value value) {
        return switch (value) {
            case Value.Text text -> JsonNodeFactory.instance.textNode(text.text());
            case Value.Bool flag -> JsonNodeFactory.instance.booleanNode(flag.flag());
            case Value.Int number -> JsonNodeFactory.instance.numberNode(number.number());
            case Value.Array items -> Json.array(items.items().stream().map(ContentJson::json).toList());
            case Value.Struct struct -> {
                ObjectNode node = Json.object();
                struct.fields().forEach((name, field) -> node.set(name, json(field)));
                yield node;
            }
        };
    }
}
