package io.offerflow.simulation;

import static io.offerflow.domain.Contents.change;
import static io.offerflow.domain.Contents.clear;
import static io.offerflow.domain.Contents.group;
import static io.offerflow.domain.Contents.times;
import static io.offerflow.domain.Contents.with;
import static io.offerflow.domain.Contents.without;

import io.offerflow.domain.Contents;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Contents that the simulated publishers save: complete, incomplete, too long or forbidden. */
final class ContentPool {

    private static final List<Value> MONTHLY = terms("MONTHLY");
    private static final List<Value> BOTH = terms("MONTHLY", "ANNUAL");

    private static final Map<SectionId, List<Content>> COMPLETE = Map.of(
            SectionId.OFFER_SETUP, List.of(Contents.transactableSetup(), Contents.transactableSetup(),
                    Contents.transactableSetup(), Contents.listingOnlySetup(), Contents.testDriveSetup("LOGIC_APP"),
                    Contents.testDriveSetup("POWER_BI")),
            SectionId.PROPERTIES, List.of(Contents.properties(), with(Contents.properties(), "appVersion", "2"),
                    with(Contents.properties(), "appVersion", "3")),
            SectionId.OFFER_LISTING, List.of(Contents.listing(), with(Contents.listing(), "name", "Shift Planner Pro"),
                    with(Contents.listing(), "summary", "Plans all shifts.")),
            SectionId.PREVIEW, List.of(Contents.preview(), with(Contents.preview(), "description", "Look at prices.")),
            SectionId.TECHNICAL_CONFIGURATION, List.of(Contents.technical(),
                    with(Contents.technical(), "webhookUrl", "https://contoso.example.com/hook2")),
            SectionId.TEST_DRIVE, List.of(Contents.testDrive(), with(Contents.testDrive(), "durationHours", 2)));

    private static final List<Content> LACKING = List.of(without(Contents.transactableSetup(), "leadDestination"),
            without(Contents.listingOnlySetup(), "offerUrl"), without(Contents.listingOnlySetup(), "callToAction"),
            with(Contents.listingOnlySetup(), "callToAction", "CONTACT_ME"),
            with(Contents.transactableSetup(), "testDriveEnabled", true), without(Contents.properties(), "categories"),
            without(Contents.properties(), "standardContract"), Contents.of(SectionId.PROPERTIES),
            Contents.of(SectionId.PREVIEW),
            with(Contents.properties(), "categories", List.of("A", "B", "C", "D")),
            without(Contents.listing(), "name"), with(Contents.listing(), "name", "x".repeat(51)),
            with(Contents.listing(), "screenshots", times(6, Contents.png(1280, 720))),
            without(Contents.preview(), "testers"),
            with(Contents.preview(), "testers", times(11, group("email", "tester@contoso.example.com"))),
            without(Contents.technical(), "webhookUrl"),
            with(Contents.technical(), "landingPageUrl", "https://contoso.example.com/welcome#top"),
            without(Contents.testDrive(), "description"), without(Contents.testDrive(), "durationHours"),
            without(Contents.testDrive(), "subscriptionId"), without(Contents.testDrive(), "userManual"));

    private static final List<Content> ILL_FORMED = List.of(
            with(Contents.listingOnlySetup(), "callToAction", "BUY_IT_NOW"),
            with(Contents.testDrive(), "appKeyReference", "s3cr3t"));

    private static final List<PlanChange> CHANGES = List.of(change("description", "All of it."),
            change("description", "Half of it."), change("description", "Some of it."), change("name", "Gold"),
            change("name", "Silver"), change("visibility", "PRIVATE"), change("visibility", "PUBLIC"),
            change("terms", MONTHLY), change("terms", BOTH), change("terms", terms("ANNUAL")),
            change("freeTrial", true), change("freeTrial", false), change("alias", "ours"),
            change("pricingModel", "PER_USER", "seatsMin", 1, "seatsMax", 9), change("pricingModel", "FLAT_RATE"),
            change("seatsMin", 3, "seatsMax", 2), change("markets", List.of("DE")),
            new PlanChange(group("pricingModel", "FLAT_RATE"), List.of("seatsMin", "seatsMax")), clear("freeTrial"),
            clear("seatsMin", "seatsMax"), clear("name"), clear("terms"), clear("markets"), clear("language"),
            clear("meteredDimensions"),
            change("meteredDimensions", List.of(group("id", "gb", "name", "GB", "unit", "GB", "price", "0.10"))),
            change("language", "en-US"), change("language", "fr-FR"), change("pricingModel", "FLATRATE"));

    private ContentPool() {
    }

    /** Something complete for a section. */
    static Content complete(SectionId section, Random random) {
        return any(COMPLETE.get(section), random);
    }

    /** Anything a publisher might save. */
    static Content anything(Random random) {
        int dice = random.nextInt(20);
        if (dice == 0) {
            return any(ILL_FORMED, random);
        }
        return dice < 7 ? any(LACKING, random)
                : complete(any(COMPLETE.keySet().stream().sorted().toList(), random), random);
    }

    /** A plan as it is created: mostly complete. */
    static PlanChange newPlan(String planId, Random random) {
        if (random.nextInt(9) == 0) {
            return any(CHANGES, random);
        }
        String name = random.nextInt(12) == 0 ? "Gold" : planId.substring(0, 1).toUpperCase() + planId.substring(1);
        return change("name", name, "description", "All of it.", "markets", List.of("DE", "FR"), "pricingModel",
                random.nextInt(25) == 0 ? "PER_USER" : "FLAT_RATE", "terms", random.nextBoolean() ? MONTHLY : BOTH,
                "visibility", random.nextInt(3) == 0 ? "PRIVATE" : "PUBLIC");
    }

    /** A change of a plan. */
    static PlanChange planChange(Random random) {
        return random.nextInt(2) == 0 ? CHANGES.get(random.nextInt(3)) : any(CHANGES, random);
    }

    /** What makes a plan complete again. */
    static PlanChange mended(String planId) {
        return new PlanChange(group("name", planId.substring(0, 1).toUpperCase() + planId.substring(1), "markets",
                List.of("DE", "FR"), "pricingModel", "FLAT_RATE", "terms", BOTH, "freeTrial",
                true, "visibility", "PUBLIC"), List.of("seatsMin", "seatsMax", "meteredDimensions"));
    }

    static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<Value> terms(String... names) {
        return java.util.Arrays.stream(names).<Value>map(name -> group("term", name, "price", "49.00")).toList();
    }
}
