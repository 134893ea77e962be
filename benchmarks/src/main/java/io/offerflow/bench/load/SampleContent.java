package io.offerflow.bench.load;

import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.Contact;
import io.offerflow.avro.CreatePlan;
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
import io.offerflow.avro.UpdatePlan;
import io.offerflow.bench.run.FileAccess;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Complete sections and plans in realistic sizes, with prose that compresses like real text. */
public final class SampleContent {

    private static final String SITE = "https://www.contoso.example/";

    /** The sections that an offer needs before it is sold, in the order in which they are written. */
    static final List<String> SECTIONS =
            List.of("OFFER_SETUP", "PROPERTIES", "OFFER_LISTING", "PREVIEW", "TECHNICAL_CONFIGURATION");

    private static final List<String> WORDS = FileAccess.get("read the words", () -> {
        try (InputStream words = SampleContent.class.getResourceAsStream("words.txt")) {
            return List.of(new String(words.readAllBytes(), StandardCharsets.US_ASCII).split("\\s+"));
        }
    });

    private final Random random;

    public SampleContent(Random random) {
        this.random = random;
    }

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
                    .mapToObj(tester -> new Tester("tester-%d@contoso.example".formatted(tester), prose(40)))
                    .toList()).setDescription(prose(200)).build();
            case "TECHNICAL_CONFIGURATION" -> new TechnicalConfiguration(SITE + "welcome/" + random.nextInt(1000),
                    SITE + "hook", guid(), guid());
            default -> throw new IllegalArgumentException("no section " + section);
        });
    }

    private OfferListing listing() {
        Contact desk = new Contact("Support desk", "support@contoso.example", "+1 555 010 0100");
        return OfferListing.newBuilder().setName(prose(50)).setSummary(prose(100))
                .setDescription(prose(length(600, 3000)))
                .setGettingStarted(prose(length(100, 1500)))
                .setKeywords(List.of("planning", "rosters")).setPrivacyPolicyUrl(SITE + "privacy")
                .setSupportContact(desk).setSupportUrl(SITE + "support").setEngineeringContact(desk)
                .setUsefulLinks(List.of(new Link(prose(40), SITE + "guide")))
                .setDocuments(List.of(new Document("sheet.pdf", SITE + "sheet.pdf", "application/pdf")))
                .setScreenshots(IntStream.range(0, 1 + random.nextInt(4)).mapToObj(picture ->
                        new Image(SITE + "screen-%d.png".formatted(picture), "image/png", 1280, 720)).toList())
                .setLargeLogo(new Image(SITE + "logo.png", "image/png", 216, 216)).build();
    }

    public CreatePlan createPlan(String planId, String visibility) {
        return new CreatePlan(planId, Plan.newBuilder().setAlias(planId).setName("Plan " + planId).setDescription(prose(
                        length(80, 500))).setMarkets(List.of("DE", "FR", "GB", "US", "NL", "SE"))
                .setPricingModel("FLAT_RATE").setVisibility(visibility)
                .setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build());
    }

    /** A change of the description of a plan. */
    public UpdatePlan updatePlan(String planId) {
        return new UpdatePlan(planId, Plan.newBuilder().setDescription(prose(length(80, 500))).build(), List.of(),
                null);
    }

    /** Sentences of at most this many characters, and few less. */
    String prose(int length) {
        StringBuilder text = new StringBuilder(length);
        int wordsLeft = 0;
        while (true) {
            String word = WORDS.get((int) (WORDS.size() * random.nextDouble() * random.nextDouble()));
            if (text.length() + word.length() + 3 > length) {
                return text.isEmpty() ? "x" : text.append('.').toString();
            }
            if (wordsLeft == 0) {
                text.append(text.isEmpty() ? "" : ". ").append(Character.toUpperCase(word.charAt(0)))
                        .append(word.substring(1));
                wordsLeft = 5 + random.nextInt(14);
            } else {
                text.append(' ').append(word);
                wordsLeft--;
            }
        }
    }

    /** A random length, more often close to the lower bound. */
    private int length(int least, int most) {
        return least + (int) ((most - least) * random.nextDouble() * random.nextDouble());
    }

    String guid() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }
}
