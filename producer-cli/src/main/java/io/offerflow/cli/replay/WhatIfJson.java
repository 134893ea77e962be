package io.offerflow.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.whatif.WhatIfReport;

/** The report as JSON. */
final class WhatIfJson {

    private WhatIfJson() {
    }

    static ObjectNode of(WhatIfReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("mode", report.follow() ? "follow" : "each")
                .put("build", report.build());
        report.builds().forEach(node.putArray("builds")::add);
        ArrayNode settings = node.putArray("settings");
        report.settings().forEach(setting -> {
            ObjectNode one = settings.addObject().put("name", setting.name()).put("now", setting.now());
            setting.then().forEach(one.putArray("then")::add);
        });
        node.put("judged", report.counts().judged()).put("differences", report.total())
                .put("offers", report.counts().offers())
                .put("notComparable", report.counts().notComparable()).put("unread", report.counts().unreadable());
        ObjectNode totals = node.putObject("totals");
        for (Difference.DifferenceKind kind : Difference.DifferenceKind.values()) {
            totals.put(kind.name(), report.totals().getOrDefault(kind, 0L));
        }
        ArrayNode shown = node.putArray("told");
        report.differences().forEach(difference -> shown.add(of(difference)));
        ArrayNode partings = node.putArray("partings");
        report.divergences().forEach(parting -> partings.addObject().put("offer", parting.offer().toString())
                .put("partition", parting.partition()).put("offset", parting.offset())
                .put("at", parting.at().toString()).put("missing", parting.missing()));
        return node;
    }

    private static ObjectNode of(Difference difference) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("offer", difference.offer().toString())
                .put("partition", difference.partition()).put("offset", difference.offset())
                .put("sequence", difference.sequence()).put("at", difference.at().toString())
                .put("asked", difference.command().orElse(null)).put("actor", difference.actor().orElse(null))
                .put("kind", difference.kind().name());
        node.set("then", RulingJson.of(difference.then()));
        node.set("now", RulingJson.of(difference.now()));
        return node;
    }
}
