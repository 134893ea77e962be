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
 * The rules for complete sections: domain.md 6.2, row by row.
 *
 * <p>Problems make a section Incomplete; they never refuse a save (S7).
 */
public final class SectionCompletenessRules {

    private static final String PNG = "image/png";
    private static final String PDF = "application/pdf";

    private final Limits limits;

    public SectionCompletenessRules(Limits limits) {
        this.limits = limits;
    }

    /**
     * The problems that keep a section Incomplete. An offer type whose sections have other rules gets another case.
     *
     * @param content of the section
     * @param context what the rules read of other sections and of the live version
     */
    public List<Problem> problems(OfferType type, Content content, ValidationContext context) {
        FieldValidator fields = new FieldValidator(content.section(), content.fields());
        switch (type) {
            case SAAS, AZURE_APPLICATION, MANAGED_SERVICE, VIRTUAL_MACHINE -> check(content.section(), fields, context);
        }
        return fields.problems();
    }

    /** The rules that all types share, with the same fields of Technical configuration (B57). */
    private void check(SectionId section, FieldValidator fields, ValidationContext context) {
        switch (section) {
            case OFFER_SETUP -> offerSetup(fields, context);
            case PROPERTIES -> properties(fields);
            case OFFER_LISTING -> offerListing(fields);
            case PREVIEW -> preview(fields);
            case TECHNICAL_CONFIGURATION -> technicalConfiguration(fields);
            case TEST_DRIVE -> testDrive(fields, context.testDriveType());
            case PLAN_OVERVIEW -> { /* its content is the plans (B24) */ }
        }
    }

    private void offerSetup(FieldValidator setup, ValidationContext context) {
        setup.required("sellThroughMicrosoft").webAddress("offerUrl").webAddress("trialUrl");
        boolean transactable = setup.struct().flag("sellThroughMicrosoft");
        String action = setup.struct().text("callToAction").orElse("");
        if (!transactable && setup.struct().get("sellThroughMicrosoft").isPresent()) {
            setup.required("callToAction");
        }
        if (!transactable && action.equals("GET_IT_NOW")) {
            setup.required("offerUrl");
        }
        if (!transactable && action.equals("FREE_TRIAL")) {
            setup.required("trialUrl");
        }
        if (transactable || action.equals("CONTACT_ME")) {
            setup.required("leadDestination");
        }
        setup.inside("leadDestination", lead -> lead.required("type").required("endpoint"));
        if (setup.struct().flag("testDriveEnabled")) {
            setup.required("testDriveType");
        }
        if (context.liveIsTransactable() && !transactable) {
            // V4, B56: what customers have bought through the marketplace cannot become a link to the publisher
            setup.problem("sellThroughMicrosoft", "yes, because the live version is sold through the marketplace",
                    "no");
        }
    }

    private void properties(FieldValidator properties) {
        properties.count("categories", 1, limits.categories()).count("industries", 0, limits.industries())
                .each("industries", industry -> industry.required("name")
                        .count("subIndustries", 0, limits.subIndustries()))
                .atMost("termsOfUse", limits.termsOfUse());
        if (!properties.struct().flag("standardContract")) {
            properties.required("termsOfUse");
        }
    }

    private void offerListing(FieldValidator listing) {
        listing.required("name").atMost("name", limits.listingName())
                .required("summary").atMost("summary", limits.summary())
                .required("description").atMost("description", limits.description())
                .required("gettingStarted").atMost("gettingStarted", limits.gettingStarted())
                .required("privacyPolicyUrl").webAddress("privacyPolicyUrl")
                .required("supportContact").inside("supportContact", SectionCompletenessRules::contact)
                .required("supportUrl").webAddress("supportUrl")
                .required("engineeringContact").inside("engineeringContact", SectionCompletenessRules::contact)
                .count("keywords", 0, limits.keywords())
                .each("usefulLinks", link -> link.required("title").atMost("title", limits.linkTitle())
                        .required("url").webAddress("url"))
                .count("documents", 1, limits.documents()).each("documents", this::document)
                .count("screenshots", 1, limits.screenshots())
                .each("screenshots", screenshot -> picture(screenshot, 1280, 720))
                .required("largeLogo").inside("largeLogo", logo -> picture(logo, 216, 216))
                .inside("smallLogo", logo -> picture(logo, 48, 48)) // optional (B76)
                .count("videos", 0, limits.videos()).each("videos", video -> video(video, 1280, 720));
    }

    private void preview(FieldValidator preview) {
        preview.count("testers", 0, limits.testersByHand()).count("importedTesters", 0, limits.testersImported())
                .each("testers", tester -> tester.required("email").email("email"))
                .each("importedTesters", tester -> tester.required("email").email("email"));
        if (preview.struct().items("testers").isEmpty() && preview.struct().items("importedTesters").isEmpty()) {
            preview.problem("testers", "at least 1 tester", "nothing");
        }
    }

    private void technicalConfiguration(FieldValidator technical) {
        technical.required("landingPageUrl").webAddress("landingPageUrl")
                .text("landingPageUrl", address -> !address.contains("#"), "an address without #")
                .required("webhookUrl").webAddress("webhookUrl")
                .required("tenantId").guid("tenantId").required("appId").guid("appId");
    }

    private void testDrive(FieldValidator drive, String type) {
        drive.required("description").atMost("description", limits.description())
                .required("userManual").inside("userManual", this::document)
                .atMost("accessInformation", limits.accessInformation()).atLeast("durationHours", 1)
                .guid("subscriptionId").guid("tenantId").guid("appId")
                .each("videos", video -> video(video, 533, 324));
        if (!type.equals("POWER_BI")) { // B58
            drive.required("durationHours").required("tenantId").required("appId").required("appKeyReference");
        }
        if (type.equals("AZURE_RESOURCE_MANAGER") || type.equals("LOGIC_APP")) {
            drive.required("accessInformation").required("subscriptionId");
        }
    }

    private static void contact(FieldValidator contact) {
        contact.required("name").required("email").email("email").required("phone");
    }

    private void document(FieldValidator document) {
        document.required("fileName").atMost("fileName", limits.fileName()).required("url").webAddress("url")
                .required("mediaType").text("mediaType", PDF::equals, PDF);
    }

    private static void picture(FieldValidator picture, int width, int height) {
        picture.required("url").webAddress("url").required("mediaType").text("mediaType", PNG::equals, PNG)
                .exactly("widthPx", width).exactly("heightPx", height);
    }

    private static void video(FieldValidator video, int width, int height) {
        video.required("name").required("url")
                .text("url", SectionCompletenessRules::isVideoAddress, "an address at YouTube or Vimeo")
                .required("thumbnail").inside("thumbnail", picture -> picture(picture, width, height));
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
