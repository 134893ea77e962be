package io.offerflow.bench.load;

import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.Contact;
import io.offerflow.avro.Document;
import io.offerflow.avro.Image;
import io.offerflow.avro.LeadDestination;
import io.offerflow.avro.Link;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PreviewAudience;
import io.offerflow.avro.Properties;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.Tester;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Complete sections and plans as publishers write them, in sizes as publishers write them. */
final class SectionTexts {

    private static final String SITE = "https://www.contoso.example/";

    private final Random random;
    private final Texts texts;

    SectionTexts(Random random) {
        this.random = random;
        this.texts = new Texts(random);
    }

    /** The sections that an offer needs to be sold, in the order in which they are written. */
    static final List<String> SECTIONS =
            List.of("OFFER_SETUP", "PROPERTIES", "OFFER_LISTING", "PREVIEW", "TECHNICAL_CONFIGURATION");

    SaveSection save(String section) {
        return new SaveSection(section, switch (section) {
            case "OFFER_SETUP" -> OfferSetup.newBuilder().setSellThroughMicrosoft(true)
                    .setLeadDestination(new LeadDestination("HTTPS_ENDPOINT", SITE + "leads/" + random.nextInt(1000)))
                    .setTestDriveEnabled(false).build();
            case "PROPERTIES" -> Properties.newBuilder().setCategories(List.of("Human resources", "Analytics"))
                    .setAppVersion("%d.%d".formatted(random.nextInt(9), random.nextInt(40))).setStandardContract(true)
                    .build();
            case "OFFER_LISTING" -> listing();
            case "PREVIEW" -> PreviewAudience.newBuilder().setTesters(IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(tester -> new Tester("tester-%d@contoso.example".formatted(tester), texts.prose(40)))
                    .toList()).setDescription(texts.prose(200)).build();
            case "TECHNICAL_CONFIGURATION" -> new TechnicalConfiguration(SITE + "welcome/" + random.nextInt(1000),
                    SITE + "hook", guid(), guid());
            default -> throw new IllegalArgumentException("no section " + section);
        });
    }

    private OfferListing listing() {
        Contact desk = new Contact("Support desk", "support@contoso.example", "+1 555 010 0100");
        return OfferListing.newBuilder().setName(texts.prose(50)).setSummary(texts.prose(100))
                .setDescription(texts.prose(texts.length(600, 3000)))
                .setGettingStarted(texts.prose(texts.length(100, 1500)))
                .setKeywords(List.of("planning", "rosters")).setPrivacyPolicyUrl(SITE + "privacy")
                .setSupportContact(desk).setSupportUrl(SITE + "support").setEngineeringContact(desk)
                .setUsefulLinks(List.of(new Link(texts.prose(40), SITE + "guide")))
                .setDocuments(List.of(new Document("sheet.pdf", SITE + "sheet.pdf", "application/pdf")))
                .setScreenshots(IntStream.range(0, 1 + random.nextInt(4)).mapToObj(picture ->
                        new Image(SITE + "screen-%d.png".formatted(picture), "image/png", 1280, 720)).toList())
                .setLargeLogo(new Image(SITE + "logo.png", "image/png", 216, 216)).build();
    }

    /** A public plan; its name tells it from the others of the offer. */
    Plan plan(String planId) {
        return Plan.newBuilder().setAlias(planId).setName("Plan " + planId).setDescription(texts.prose(
                        texts.length(80, 500))).setMarkets(List.of("DE", "FR", "GB", "US", "NL", "SE"))
                .setPricingModel("FLAT_RATE").setVisibility("PUBLIC")
                .setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build();
    }

    /** A change of its description. */
    Plan changes() {
        return Plan.newBuilder().setDescription(texts.prose(texts.length(80, 500))).build();
    }

    String prose(int length) {
        return texts.prose(length);
    }

    String guid() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }
}
