package io.offerflow.topology.outputs;

import io.offerflow.avro.OfferListing;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PriceChange;
import io.offerflow.avro.Properties;
import io.offerflow.avro.Storefront;
import io.offerflow.avro.StorefrontPlan;
import io.offerflow.avro.StorefrontTestDrive;
import io.offerflow.avro.TestDrive;
import io.offerflow.codec.Sections;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Event;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.Value;
import io.offerflow.domain.state.Live;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Topic storefront: exactly the last live submission while it is on sale, without plans that are stopped, and nothing of
 * any later edit (S11, S26, P4).
 */
final class Storefronts {

    private Storefronts() {
    }

    static List<Projected> of(Moment moment) {
        boolean fewer = moment.happened(Event.PlanSellingStopped.class) && moment.after().facts().onSale();
        if (fewer || moment.happened(Event.OfferWentLive.class)) {
            return List.of(Projected.of(storefront(moment.after(), moment.after().facts().live().orElseThrow())));
        }
        boolean leaves = moment.before().facts().onSale() && !moment.after().facts().onSale();
        return leaves ? List.of(Projected.tombstone()) : List.of(); // S26
    }

    private static Storefront storefront(OfferState offer, Live live) {
        Value.Group setup = content(offer, SectionId.OFFER_SETUP, live);
        return new Storefront(offer.key().publisherId(), offer.key().offerId(),
                Shared.toAvro(offer.facts().type()), offer.facts().liveVersion(), live.submission(),
                live.since(), setup.flag("sellThroughMicrosoft"), setup.text("callToAction").orElse(null),
                setup.text("offerUrl").orElse(null), setup.text("trialUrl").orElse(null),
                (Properties) avro(SectionId.PROPERTIES, content(offer, SectionId.PROPERTIES, live)),
                (OfferListing) avro(SectionId.OFFER_LISTING,
                        without(content(offer, SectionId.OFFER_LISTING, live), "engineeringContact")),
                setup.flag("testDriveEnabled") ? testDrive(offer, live, setup) : null, plans(offer));
    }

    /** What a customer may know of it; how it is deployed and reached stays with the marketplace. */
    private static StorefrontTestDrive testDrive(OfferState offer, Live live, Value.Group setup) {
        TestDrive all = (TestDrive) avro(SectionId.TEST_DRIVE, content(offer, SectionId.TEST_DRIVE, live));
        return new StorefrontTestDrive(setup.text("testDriveType").orElse(null), all.getDescription(),
                all.getUserManual(), all.getDurationHours(), all.getVideos());
    }

    private static List<StorefrontPlan> plans(OfferState offer) {
        List<StorefrontPlan> open = new ArrayList<>();
        Row.Overview live = offer.livePlans();
        live.plans().forEach((planId, plan) -> {
            if (!plan.hidden() && offer.sales().plans().get(planId).sold()) {
                Plan content = Sections.plan(without(offer.plan(planId, live), "alias"));
                open.add(new StorefrontPlan(planId, content, offer.prices(planId).map(until -> new PriceChange(
                        until.effectiveAt(), Sections.toTerms(until.charged()))).orElse(null)));
            }
        });
        return open;
    }

    private static Value.Group content(OfferState offer, SectionId section, Live live) {
        return offer.at(section, live.revision()).map(Row.Section::content).map(Content::fields).orElse(Value.EMPTY);
    }

    private static Value.Group without(Value.Group group, String field) {
        Map<String, Value> fields = new TreeMap<>(group.fields());
        fields.remove(field);
        return new Value.Group(fields);
    }

    private static Object avro(SectionId section, Value.Group fields) {
        return Sections.toAvro(new Content(section, fields));
    }
}
