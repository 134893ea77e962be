package io.offerflow;

import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.Contact;
import io.offerflow.avro.Document;
import io.offerflow.avro.Image;
import io.offerflow.avro.LeadDestination;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PreviewAudience;
import io.offerflow.avro.Properties;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.TestDrive;
import io.offerflow.avro.Tester;
import java.util.List;

/** Complete sections and plans. */
public final class Contents {

    private static final String SITE = "https://www.contoso.example";

    private Contents() {
    }

    public static OfferSetup setup() {
        return OfferSetup.newBuilder().setSellThroughMicrosoft(false).setCallToAction("GET_IT_NOW")
                .setOfferUrl(SITE + "/shift-planner").setTestDriveEnabled(false).build();
    }

    public static Properties properties() {
        return Properties.newBuilder().setCategories(List.of("Human resources")).setStandardContract(true).build();
    }

    public static OfferListing listing(String name) {
        Contact desk = new Contact("Support desk", "support@contoso.example", "+1 555 010 0100");
        return OfferListing.newBuilder().setName(name).setSummary("Rosters without a spreadsheet.")
                .setDescription("Plans the shifts of clinics and workshops.").setGettingStarted("Sign in and begin.")
                .setPrivacyPolicyUrl(SITE + "/privacy").setSupportContact(desk).setSupportUrl(SITE + "/support")
                .setEngineeringContact(desk)
                .setDocuments(List.of(new Document("sheet.pdf", SITE + "/sheet.pdf", "application/pdf")))
                .setScreenshots(List.of(new Image(SITE + "/roster.png", "image/png", 1280, 720)))
                .setLargeLogo(new Image(SITE + "/logo.png", "image/png", 216, 216)).build();
    }

    public static PreviewAudience preview() {
        return PreviewAudience.newBuilder()
                .setTesters(List.of(new Tester("product-team@contoso.example", "Product team"))).build();
    }

    /** All four. */
    public static List<Object> listingOnly() {
        return List.of(setup(), properties(), listing("Shift planner"), preview());
    }

    /** The five sections that an offer needs besides its plans to be sold through the marketplace. */
    public static List<Object> transactable() {
        String guid = "0b1c2d3e-0000-4000-8000-00000000000a";
        return List.of(OfferSetup.newBuilder(setup()).setSellThroughMicrosoft(true).setLeadDestination(
                        new LeadDestination("HTTPS_ENDPOINT", "https://crm.contoso.example/leads")).build(),
                properties(), listing("Shift planner"), preview(),
                new TechnicalConfiguration(SITE + "/welcome", SITE + "/hook", guid, guid));
    }

    /** A complete plan; a private one also needs an audience. */
    public static Plan plan(String name, String visibility) {
        return Plan.newBuilder().setName(name).setDescription("All of " + name + ".").setMarkets(List.of("DE", "FR"))
                .setPricingModel("FLAT_RATE").setVisibility(visibility)
                .setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build();
    }

    public static String sectionOf(Object content) {
        return switch (content) {
            case OfferSetup setup -> "OFFER_SETUP";
            case Properties properties -> "PROPERTIES";
            case OfferListing listing -> "OFFER_LISTING";
            case PreviewAudience preview -> "PREVIEW";
            case TechnicalConfiguration technical -> "TECHNICAL_CONFIGURATION";
            case TestDrive drive -> "TEST_DRIVE";
            default -> throw new IllegalArgumentException("no section has content of type " + content.getClass());
        };
    }
}
