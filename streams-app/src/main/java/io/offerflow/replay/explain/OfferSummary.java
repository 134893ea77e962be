package io.offerflow.replay.explain;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.state.LiveVersion;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.PublishingRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The properties of an offer by name, each in a few words. */
final class OfferSummary {

    private OfferSummary() {
    }

    static Map<String, String> of(OfferState offer) {
        OfferHeader header = offer.header();
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put("status", header.exists() ? header.status().name() : "none");
        summary.put("on sale", header.onSale() ? "yes" : "no");
        summary.put("draft version", Long.toString(header.revision()));
        summary.put("submission", Long.toString(header.submission()));
        summary.put("run", header.run().map(OfferSummary::run).orElse("none"));
        summary.put("live version", header.live().map(LiveVersion::submission).map(submission ->
                RootLocaleText.format("%d (submission %d)", header.liveVersion(), submission)).orElse("none"));
        summary.put("stop-sell", header.stop().map(stop ->
                RootLocaleText.format("%s %s", stop.done() ? "since" : "at", stop.effectiveAt())).orElse("none"));
        summary.put("removal request", header.removal().map(removal -> RootLocaleText.format("%d %s", removal.number(),
                removal.state())).orElse("none"));
        if (header.exists()) {
            for (SectionId section : SectionId.values()) {
                summary.put("section " + section, offer.sectionState(section).name());
            }
            plans(offer, summary);
        }
        return summary;
    }

    private static void plans(OfferState offer, Map<String, String> summary) {
        for (String plan : new TreeSet<>(offer.plans().plans().keySet())) {
            summary.put("plan " + plan, offer.planState(plan).name());
        }
    }

    private static String run(PublishingRun run) {
        return RootLocaleText.format("%s at %s", run.state(), run.step());
    }
}
