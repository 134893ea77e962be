package io.offerflow.replay.text;

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

/** An offer as people speak of it: what can change about it, each in a few words. */
public final class OfferSummary {

    private OfferSummary() {
    }

    public static Map<String, String> of(OfferState offer) {
        OfferHeader facts = offer.header();
        Map<String, String> facets = new LinkedHashMap<>();
        facets.put("status", facts.exists() ? facts.status().name() : "none");
        facets.put("on sale", facts.onSale() ? "yes" : "no");
        facets.put("draft version", Long.toString(facts.revision()));
        facets.put("submission", Long.toString(facts.submission()));
        facets.put("run", facts.run().map(OfferSummary::run).orElse("none"));
        facets.put("live version", facts.live().map(LiveVersion::submission).map(submission ->
                RootLocaleText.format("%d (submission %d)", facts.liveVersion(), submission)).orElse("none"));
        facets.put("stop of selling", facts.stop().map(stop -> RootLocaleText.format("%s %s", stop.done() ? "since" : "at",
                stop.effectiveAt())).orElse("none"));
        facets.put("removal request", facts.removal().map(removal -> RootLocaleText.format("%d %s", removal.number(),
                removal.state())).orElse("none"));
        if (facts.exists()) {
            for (SectionId section : SectionId.values()) {
                SectionState state = offer.sectionState(section);
                facets.put("section " + section, state.name());
            }
            plans(offer, facets);
        }
        return facets;
    }

    private static void plans(OfferState offer, Map<String, String> facets) {
        for (String plan : new TreeSet<>(offer.plans().plans().keySet())) {
            facets.put("plan " + plan, offer.planState(plan).name());
        }
    }

    private static String run(PublishingRun run) {
        return RootLocaleText.format("%s at %s", run.state(), run.step());
    }
}
