package io.offerflow.replay;

import io.offerflow.domain.SectionId;
import io.offerflow.domain.SectionState;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.Live;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** An offer as people speak of it: what can change about it, each in a few words. */
final class Facets {

    private Facets() {
    }

    static Map<String, String> of(OfferState offer) {
        OfferFacts facts = offer.facts();
        Map<String, String> facets = new LinkedHashMap<>();
        facets.put("status", facts.exists() ? facts.status().name() : "none");
        facets.put("on sale", facts.onSale() ? "yes" : "no");
        facets.put("draft version", Long.toString(facts.revision()));
        facets.put("submission", Long.toString(facts.submission()));
        facets.put("run", facts.run().map(Facets::run).orElse("none"));
        facets.put("live version", facts.live().map(Live::submission).map(submission ->
                Texts.format("%d (submission %d)", facts.liveVersion(), submission)).orElse("none"));
        facets.put("stop of selling", facts.stop().map(stop -> Texts.format("%s %s", stop.done() ? "since" : "at",
                stop.effectiveAt())).orElse("none"));
        facets.put("removal request", facts.removal().map(removal -> Texts.format("%d %s", removal.number(),
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

    private static String run(Run run) {
        return Texts.format("%s at %s", run.state(), run.step());
    }
}
