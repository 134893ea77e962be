package io.offerflow.cli.verb;

import static io.offerflow.contract.Topic.OFFER_COMMANDS;

import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The commands that a publisher sends about an offer. */
final class OfferVerbs {

    private OfferVerbs() {
    }

    static List<CommandVerb> all() {
        return Stream.concat(Stream.of(create()), Stream.concat(sections(), others())).toList();
    }

    private static CommandVerb create() {
        return CommandVerb.of("offer create", OFFER_COMMANDS, "CreateOffer")
                .meets(Rule.O1, Rule.D37, Rule.V1, Rule.B55)
                .refusedAs(Reason.OFFER_EXISTS, Reason.INVALID_ID)
                .example("contoso/shifts --offer-type saas --alias \"Shift planner\" --wait");
    }

    private static Stream<CommandVerb> sections() {
        return Stream.of(
                section("OFFER_SETUP", "OfferSetup", "--call-to-action free-trial --trial-url"
                        + " https://contoso.example/try"),
                section("PROPERTIES", "Properties", "--categories \"Human resources,Productivity\""),
                section("OFFER_LISTING", "OfferListing", "--json listing.json --name \"Shift planner\""),
                section("PREVIEW", "PreviewAudience", "--testers check@contoso.example=\"Release check\""),
                section("TECHNICAL_CONFIGURATION", "TechnicalConfiguration",
                        "--landing-page-url https://contoso.example/start"),
                section("TEST_DRIVE", "TestDrive", "--json test-drive.json"));
    }

    private static CommandVerb section(String section, String type, String example) {
        return CommandVerb.of("offer save " + FieldOption.kebab(type.equals("PreviewAudience") ? "preview" : type),
                        OFFER_COMMANDS, "SaveSection")
                .fixing("section", section).holding("content", type)
                .meets(Rule.O2, Rule.B42, Rule.B66, Rule.O33)
                .refusedAs(Reason.OFFER_NOT_FOUND)
                .example("contoso/shifts " + example);
    }

    private static Stream<CommandVerb> others() {
        return Stream.of(
                CommandVerb.of("offer submit", OFFER_COMMANDS, "SubmitOffer")
                        .meets(Rule.O3, Rule.O4, Rule.O5, Rule.O6, Rule.O7, Rule.O8, Rule.O32, Rule.O33)
                        .refusedAs(Reason.SECTIONS_INCOMPLETE, Reason.PUBLISH_IN_PROGRESS, Reason.STOP_SELL_PENDING,
                                Reason.NOTHING_TO_PUBLISH, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --until preview --timeout 10m"),
                CommandVerb.of("offer go-live", OFFER_COMMANDS, "GoLive")
                        .meets(Rule.O17, Rule.O18, Rule.O32, Rule.O33)
                        .refusedAs(Reason.NOT_AT_SIGN_OFF, Reason.STALE_SUBMISSION, Reason.STOP_SELL_PENDING,
                                Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --submission 1 --until live"),
                CommandVerb.of("offer cancel", OFFER_COMMANDS, "CancelPublish")
                        .meets(Rule.O13, Rule.O14, Rule.O15, Rule.O16, Rule.V35, Rule.O33)
                        .refusedAs(Reason.CANCEL_TOO_LATE, Reason.NO_PUBLISH_IN_PROGRESS,
                                Reason.CONFIRMATION_REQUIRED, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --yes --wait"),
                CommandVerb.of("offer delete", OFFER_COMMANDS, "DeleteDraft")
                        .meets(Rule.O21, Rule.O22, Rule.O23, Rule.O24, Rule.V35, Rule.O33)
                        .refusedAs(Reason.ALREADY_PUBLISHED, Reason.PUBLISH_IN_PROGRESS,
                                Reason.CONFIRMATION_REQUIRED, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --yes --wait"),
                CommandVerb.of("offer stop-selling", OFFER_COMMANDS, "StopSellingOffer")
                        .meets(Rule.O25, Rule.O26, Rule.O27, Rule.O28, Rule.O29, Rule.O30, Rule.O31, Rule.V35,
                                Rule.O33)
                        .refusedAs(Reason.NEVER_PUBLISHED, Reason.ALREADY_STOPPED, Reason.STOP_SELL_PENDING,
                                Reason.PUBLISH_IN_PROGRESS, Reason.CONFIRMATION_REQUIRED, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --yes --until not-sold --timeout 5h"),
                CommandVerb.of("offer resume", OFFER_COMMANDS, "ResumeSelling")
                        .meets(Rule.O34, Rule.B37, Rule.O33)
                        .refusedAs(Reason.NO_STOP_SELL_PENDING, Reason.PLAN_NOT_FOUND, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --wait"));
    }
}
