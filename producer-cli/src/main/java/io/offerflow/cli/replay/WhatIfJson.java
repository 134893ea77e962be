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
        report.after().ifPresent(after -> node.put("after", after.toString()));
        report.builds().forEach(node.putArray("builds")::add);
        ArrayNode settings = node.putArray("settings");
        report.settings().forEach(setting -> {
            ObjectNode one = settings.addObject().put("name", setting.name()).put("now", setting.now());
            setting.then().forEach(one.putArray("then")::add);
        });
        node.put("judged", report.counts().judged()).put("total", report.total())
                .put("offers", report.counts().offers())
                .put("notComparable", report.counts().notComparable()).put("unreadable", report.counts().unreadable());
        ObjectNode totals = node.putObject("totals");
        for (Difference.DifferenceKind kind : Difference.DifferenceKind.values()) {
            totals.put(kind.name(), report.totals().getOrDefault(kind, 0L));
        }
        ArrayNode differences = node.putArray("differences");
        report.differences().forEach(difference -> differences.add(of(difference)));
        ArrayNode divergences = node.putArray("divergences");
        report.divergences().forEach(divergence -> divergences.addObject().put("offer", divergence.offer().toString())
                .put("partition", divergence.partition()).put("offset", divergence.offset())
                .put("at", divergence.at().toString()).put("missing", divergence.missing()));
        return node;
    }

    private static ObjectNode of(Difference difference) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("offer", difference.offer().toString())
                .put("partition", difference.partition()).put("offset", difference.offset())
                .put("sequence", difference.sequence()).put("at", difference.at().toString())
                .put("command", difference.command().orElse(null)).put("actor", difference.actor().orElse(null))
                .put("kind", difference.kind().name());
        node.set("then", RulingJson.of(difference.then()));
        node.set("now", RulingJson.of(difference.now()));
        return node;
    }
}
