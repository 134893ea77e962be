package io.offerflow.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.replay.text.Difference;

/** A decision as JSON. */
final class RulingJson {

    private RulingJson() {
    }

    static ObjectNode of(Difference.Ruling ruling) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("result", ruling.result())
                .put("reason", ruling.reason().orElse(null)).put("detail", ruling.detail().orElse(null));
        ruling.ruleIds().forEach(node.putArray("rules")::add);
        ruling.effects().forEach(node.putArray("effects")::add);
        return node;
    }
}
