package io.offerflow.cli.verb;

import static io.offerflow.contract.Topic.OFFER_COMMANDS;

import java.util.List;
import java.util.stream.Stream;

/** What a publisher asks of an offer. */
final class OfferVerbs {

    private static final String GONE = " Of an offer that does not exist: OFFER_NOT_FOUND.";
    private static final String SAVED = "always taken, in every state of the offer (O2). The content is replaced as a"
            + " whole (B25): an option that is not given becomes empty. What is missing or wrong does not refuse the"
            + " save, it makes the section Incomplete (S7), which refuses a submit." + GONE;

    private OfferVerbs() {
    }

    static List<CommandVerb> all() {
        return Stream.concat(Stream.of(create()), Stream.concat(sections(), others())).toList();
    }

    private static CommandVerb create() {
        return CommandVerb.of("offer create", OFFER_COMMANDS, "CreateOffer")
                .rule("taken once for an id (O1); for one that is there, or was ever live: OFFER_EXISTS.")
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
                .fixing("section", section).holding("content", type).rule(SAVED)
                .example("contoso/shifts " + example);
    }

    private static Stream<CommandVerb> others() {
        return Stream.of(
                CommandVerb.of("offer submit", OFFER_COMMANDS, "SubmitOffer")
                        .rule("taken when every section that applies is complete and nothing runs, or a preview waits,"
                                + " which it then replaces (O3 to O8). Otherwise SECTIONS_INCOMPLETE with what"
                                + " has to be"
                                + " mended, PUBLISH_IN_PROGRESS, STOP_SELL_PENDING, or NOTHING_TO_PUBLISH if nothing"
                                + " has changed since it went live." + GONE)
                        .example("contoso/shifts --until preview --timeout 10m"),
                CommandVerb.of("offer go-live", OFFER_COMMANDS, "GoLive")
                        .rule("taken while a preview waits for the publisher's sign-off (O17); otherwise"
                                + " NOT_AT_SIGN_OFF, or STALE_SUBMISSION if another one waits than the one named, or"
                                + " STOP_SELL_PENDING. There is no way back after it (S23)." + GONE)
                        .example("contoso/shifts --submission 1 --until live"),
                CommandVerb.of("offer cancel", OFFER_COMMANDS, "CancelPublish")
                        .rule("taken while a run has not reached the sign-off, and only with --yes (S20, O13 to"
                                + " O16); later:"
                                + " CANCEL_TOO_LATE, without a run: NO_PUBLISH_IN_PROGRESS, without --yes:"
                                + " CONFIRMATION_REQUIRED." + GONE)
                        .example("contoso/shifts --yes --wait"),
                CommandVerb.of("offer delete", OFFER_COMMANDS, "DeleteDraft")
                        .rule("taken when the offer was never live, or its selling has been stopped, nothing runs, and"
                                + " with --yes (S16, S29, O21 to O24). Otherwise ALREADY_PUBLISHED,"
                                + " PUBLISH_IN_PROGRESS or CONFIRMATION_REQUIRED." + GONE)
                        .example("contoso/shifts --yes --wait"),
                CommandVerb.of("offer stop-selling", OFFER_COMMANDS, "StopSellingOffer")
                        .rule("taken while the offer is on sale and no run is at work, with --yes; takes effect after"
                                + " the configured delay (S24, S26, O25 to O31). Otherwise NEVER_PUBLISHED,"
                                + " ALREADY_STOPPED, STOP_SELL_PENDING, PUBLISH_IN_PROGRESS or"
                                + " CONFIRMATION_REQUIRED." + GONE)
                        .example("contoso/shifts --yes --until not-sold --timeout 5h"),
                CommandVerb.of("offer resume", OFFER_COMMANDS, "ResumeSelling")
                        .rule("taken while a stop is pending (O34); otherwise NO_STOP_SELL_PENDING. What has been"
                                + " stopped already comes back with the next submit." + GONE)
                        .example("contoso/shifts --wait"));
    }
}
