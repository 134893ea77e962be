package io.offerflow.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.replay.text.Difference;

/** What was decided, as JSON. */
final class RulingJson {

    private RulingJson() {
    }

    static ObjectNode of(Difference.Ruling verdict) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("result", verdict.result())
                .put("reason", verdict.reason().orElse(null)).put("detail", verdict.detail().orElse(null));
        verdict.ruleIds().forEach(node.putArray("rules")::add);
        verdict.effects().forEach(node.putArray("effects")::add);
        return node;
    }
}
