package io.offerflow.domain.rules;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.ValidationContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * What a section needs to be complete: domain.md 6.2, row by row.
 *
 * <p>These are business errors: they never refuse a save, they make the section Incomplete (S7).
 */
public final class SectionCompletenessRules {

    private static final String PNG = "image/png";
    private static final String PDF = "application/pdf";

    private final Limits limits;

    public SectionCompletenessRules(Limits limits) {
        this.limits = limits;
    }

    /**
     * What keeps a section Incomplete. A type whose sections have other rules gets a case of its own.
     *
     * @param content of the section
     * @param around what other sections and the live version say, where a rule depends on them
     */
    public List<Problem> problems(OfferType type, Content content, ValidationContext around) {
        FieldValidator fields = new FieldValidator(content.section(), content.fields());
        switch (type) {
            case SAAS, AZURE_APPLICATION, MANAGED_SERVICE, VIRTUAL_MACHINE -> check(content.section(), fields, around);
        }
        return fields.problems();
    }

    /** The rules that all types share, with the same fields of Technical configuration (B57). */
    private void check(SectionId section, FieldValidator fields, ValidationContext around) {
        switch (section) {
            case OFFER_SETUP -> offerSetup(fields, around);
            case PROPERTIES -> properties(fields);
            case OFFER_LISTING -> offerListing(fields);
            case PREVIEW -> preview(fields);
            case TECHNICAL_CONFIGURATION -> technicalConfiguration(fields);
            case TEST_DRIVE -> testDrive(fields, around.testDriveType());
            case PLAN_OVERVIEW -> { /* its content are the plans (B24) */ }
        }
    }

    private void offerSetup(FieldValidator setup, ValidationContext around) {
        setup.needed("sellThroughMicrosoft").webAddress("offerUrl").webAddress("trialUrl");
        boolean transactable = setup.group().flag("sellThroughMicrosoft");
        String action = setup.group().text("callToAction").orElse("");
        if (!transactable && setup.group().get("sellThroughMicrosoft").isPresent()) {
            setup.needed("callToAction");
        }
        if (!transactable && action.equals("GET_IT_NOW")) {
            setup.needed("offerUrl");
        }
        if (!transactable && action.equals("FREE_TRIAL")) {
            setup.needed("trialUrl");
        }
        if (transactable || action.equals("CONTACT_ME")) {
            setup.needed("leadDestination");
        }
        setup.inside("leadDestination", lead -> lead.needed("type").needed("endpoint"));
        if (setup.group().flag("testDriveEnabled")) {
            setup.needed("testDriveType");
        }
        if (around.liveIsTransactable() && !transactable) {
            // V4, B56: what customers have bought through the marketplace cannot become a mere link
            setup.problem("sellThroughMicrosoft", "yes, because the live version is sold through the marketplace", "no");
        }
    }

    private void properties(FieldValidator properties) {
        properties.count("categories", 1, limits.categories()).count("industries", 0, limits.industries())
                .each("industries", industry -> industry.needed("name")
                        .count("subIndustries", 0, limits.subIndustries()))
                .atMost("termsOfUse", limits.termsOfUse());
        if (!properties.group().flag("standardContract")) {
            properties.needed("termsOfUse");
        }
    }

    private void offerListing(FieldValidator listing) {
        listing.needed("name").atMost("name", limits.listingName())
                .needed("summary").atMost("summary", limits.summary())
                .needed("description").atMost("description", limits.description())
                .needed("gettingStarted").atMost("gettingStarted", limits.gettingStarted())
                .needed("privacyPolicyUrl").webAddress("privacyPolicyUrl")
                .needed("supportContact").inside("supportContact", SectionCompletenessRules::contact)
                .needed("supportUrl").webAddress("supportUrl")
                .needed("engineeringContact").inside("engineeringContact", SectionCompletenessRules::contact)
                .count("keywords", 0, limits.keywords())
                .each("usefulLinks", link -> link.needed("title").atMost("title", limits.linkTitle())
                        .needed("url").webAddress("url"))
                .count("documents", 1, limits.documents()).each("documents", this::document)
                .count("screenshots", 1, limits.screenshots())
                .each("screenshots", screenshot -> picture(screenshot, 1280, 720))
                .needed("largeLogo").inside("largeLogo", logo -> picture(logo, 216, 216))
                .inside("smallLogo", logo -> picture(logo, 48, 48))
                .count("videos", 0, limits.videos()).each("videos", video -> video(video, 1280, 720));
    }

    private void preview(FieldValidator preview) {
        preview.count("testers", 0, limits.testersByHand()).count("importedTesters", 0, limits.testersImported())
                .each("testers", tester -> tester.needed("email").email("email"))
                .each("importedTesters", tester -> tester.needed("email").email("email"));
        if (preview.group().items("testers").isEmpty() && preview.group().items("importedTesters").isEmpty()) {
            preview.problem("testers", "at least 1 tester", "nothing");
        }
    }

    private void technicalConfiguration(FieldValidator technical) {
        technical.needed("landingPageUrl").webAddress("landingPageUrl")
                .text("landingPageUrl", address -> !address.contains("#"), "an address without #")
                .needed("webhookUrl").webAddress("webhookUrl")
                .needed("tenantId").guid("tenantId").needed("appId").guid("appId");
    }

    private void testDrive(FieldValidator drive, String type) {
        drive.needed("description").atMost("description", limits.description())
                .needed("userManual").inside("userManual", this::document)
                .atMost("accessInformation", limits.accessInformation()).atLeast("durationHours", 1)
                .guid("subscriptionId").guid("tenantId").guid("appId")
                .each("videos", video -> video(video, 533, 324));
        if (!type.equals("POWER_BI")) { // B58
            drive.needed("durationHours").needed("tenantId").needed("appId").needed("appKeyReference");
        }
        if (type.equals("AZURE_RESOURCE_MANAGER") || type.equals("LOGIC_APP")) {
            drive.needed("accessInformation").needed("subscriptionId");
        }
    }

    private static void contact(FieldValidator contact) {
        contact.needed("name").needed("email").email("email").needed("phone");
    }

    private void document(FieldValidator document) {
        document.needed("fileName").atMost("fileName", limits.fileName()).needed("url").webAddress("url")
                .needed("mediaType").text("mediaType", PDF::equals, PDF);
    }

    private static void picture(FieldValidator picture, int width, int height) {
        picture.needed("url").webAddress("url").needed("mediaType").text("mediaType", PNG::equals, PNG)
                .exactly("widthPx", width).exactly("heightPx", height);
    }

    private static void video(FieldValidator video, int width, int height) {
        video.needed("name").needed("url")
                .text("url", SectionCompletenessRules::isVideoAddress, "an address at YouTube or Vimeo")
                .needed("thumbnail").inside("thumbnail", picture -> picture(picture, width, height));
    }

    private static boolean isVideoAddress(String text) {
        if (!FieldValidator.isWebAddress(text)) {
            return false;
        }
        String host = URI.create(text).getHost().toLowerCase(Locale.ROOT);
        return List.of("youtube.com", "youtu.be", "vimeo.com").stream()
                .anyMatch(site -> host.equals(site) || host.endsWith("." + site));
    }
}
