package io.offerflow.topology.outputs;

import io.offerflow.avro.OfferListing;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PriceChange;
import io.offerflow.avro.Properties;
import io.offerflow.avro.Storefront;
import io.offerflow.avro.StorefrontPlan;
import io.offerflow.avro.StorefrontTestDrive;
import io.offerflow.avro.TestDrive;
import io.offerflow.codec.ContentMapping;
import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.LiveVersion;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.SectionRow;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Topic storefront: exactly the last live submission while it is on sale, without stopped plans and without later edits
 * (S11, S26, P4).
 */
final class StorefrontProjection {

    private StorefrontProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        boolean fewer = transition.happened(Event.PlanSellingStopped.class) && transition.after().header().onSale();
        if (fewer || transition.happened(Event.OfferWentLive.class)) {
            return List.of(OutputRow.of(storefront(transition.after(),
                    transition.after().header().live().orElseThrow())));
        }
        boolean leaves = transition.before().header().onSale() && !transition.after().header().onSale();
        return leaves ? List.of(OutputRow.tombstone()) : List.of(); // S26
    }

    private static Storefront storefront(OfferState offer, LiveVersion live) {
        Value.Struct setup = content(offer, SectionId.OFFER_SETUP, live);
        Storefront storefront = new Storefront();
        storefront.setPublisherId(offer.key().publisherId());
        storefront.setOfferId(offer.key().offerId());
        storefront.setOfferType(EnumMappings.toAvro(offer.header().type()));
        storefront.setVersion(offer.header().liveVersion());
        storefront.setSubmission(live.submission());
        storefront.setSince(live.since());
        storefront.setTransactable(setup.flag("sellThroughMicrosoft"));
        storefront.setCallToAction(setup.text("callToAction").orElse(null));
        storefront.setOfferUrl(setup.text("offerUrl").orElse(null));
        storefront.setTrialUrl(setup.text("trialUrl").orElse(null));
        storefront.setProperties(
                (Properties) avro(SectionId.PROPERTIES, content(offer, SectionId.PROPERTIES, live)));
        storefront.setListing((OfferListing) avro(SectionId.OFFER_LISTING,
                without(content(offer, SectionId.OFFER_LISTING, live), "engineeringContact")));
        storefront.setTestDrive(setup.flag("testDriveEnabled") ? testDrive(offer, live, setup) : null);
        storefront.setPlans(plans(offer));
        return storefront;
    }

    /** The fields for customers; how a test drive is deployed and accessed stays with the marketplace. */
    private static StorefrontTestDrive testDrive(OfferState offer, LiveVersion live, Value.Struct setup) {
        TestDrive all = (TestDrive) avro(SectionId.TEST_DRIVE, content(offer, SectionId.TEST_DRIVE, live));
        return new StorefrontTestDrive(setup.text("testDriveType").orElse(null), all.getDescription(),
                all.getUserManual(), all.getDurationHours(), all.getVideos());
    }

    private static List<StorefrontPlan> plans(OfferState offer) {
        List<StorefrontPlan> open = new ArrayList<>();
        PlanOverviewRow live = offer.livePlans();
        live.plans().forEach((planId, plan) -> {
            if (!plan.isPrivate() && offer.sales().plans().get(planId).sold()) {
                Plan content = ContentMapping.plan(without(offer.plan(planId, live), "alias"));
                open.add(new StorefrontPlan(planId, content, offer.prices(planId).map(until -> new PriceChange(
                        until.effectiveAt(), ContentMapping.toTerms(until.charged()))).orElse(null)));
            }
        });
        return open;
    }

    private static Value.Struct content(OfferState offer, SectionId section, LiveVersion live) {
        return offer.at(section, live.revision()).map(SectionRow::content).map(Content::fields).orElse(Value.EMPTY);
    }

    private static Value.Struct without(Value.Struct group, String field) {
        Map<String, Value> fields = new TreeMap<>(group.fields());
        fields.remove(field);
        return new Value.Struct(fields);
    }

    private static Object avro(SectionId section, Value.Struct fields) {
        return ContentMapping.toAvro(new Content(section, fields));
    }
}
