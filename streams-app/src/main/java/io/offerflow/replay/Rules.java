package io.offerflow.replay;

import io.offerflow.domain.Command;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which rules an entry follows from, by their ids in the domain's tables: a refusal has one, what happened may have more. */
final class Rules {

    private Rules() {
    }

    /** The rules of an entry, each once, in the order in which they were applied. */
    static List<String> of(Entry entry) {
        List<String> rules = new ArrayList<>();
        Stream.concat(entry.due().stream().map(Entry.Due::event).map(event -> of(event, Optional.empty())),
                decided(entry)).distinct().forEach(rules::add);
        return rules;
    }

    private static Stream<String> decided(Entry entry) {
        Optional<Command> command = entry.ask().map(ask -> ask.command());
        return switch (entry.decision()) {
            case Decision.Accepted yes when yes.events().isEmpty() -> Stream.of(withoutEffect(entry));
            case Decision.Accepted yes -> yes.events().stream().map(event -> of(event, command));
            case Decision.Rejected no -> Stream.of(of(no.reason(), command));
            case Decision.Ignored over -> Stream.of(of(over.reason(), command));
            case Decision.Duplicate again -> Stream.of("V31");
            case Decision.Reused again -> Stream.of("V31");
            case Decision.Nothing nothing -> Stream.of();
        };
    }

    private static String withoutEffect(Entry entry) {
        return entry.ask().map(ask -> ask.validateOnly() ? "B41" : switch (ask.command()) {
            case Command.DownloadOffer download -> "E6";
            case Command.AcquirePlan acquire -> "B15";
            default -> "B42"; // it was so already
        }).orElse("B42");
    }

    private static String of(Event event, Optional<Command> asked) {
        return switch (event) {
            case Event.OfferCreated e -> "O1";
            case Event.SectionSaved e -> "O2";
            case Event.SectionAssessed e -> "S7";
            case Event.OfferSubmitted e -> "O3–O6";
            case Event.SubmissionSuperseded e -> "O8";
            case Event.StepSucceeded e -> "O9";
            case Event.PreviewReady e -> "O10";
            case Event.OfferSignedOff e -> "O17";
            case Event.OfferWentLive e -> "O19";
            case Event.PublishFailed e -> e.step() == Step.CERTIFICATION ? "O11" : "O12";
            case Event.PublishCancelled e -> "O13";
            case Event.DraftDeleted e -> "O21, O24";
            case Event.PlanSaved e -> asked.filter(Command.CreatePlan.class::isInstance).isPresent() ? "P1" : "P2";
            case Event.PlanAssessed e -> "P2";
            case Event.PlanDeleted e -> "P5, P8";
            case Event.SellingStopRequested e -> "O25";
            case Event.SubmissionWithdrawn e -> "O31";
            case Event.SellingResumed e -> "O34";
            case Event.SellingStopped e -> "O26";
            case Event.PlanSellingStopRequested e -> "P9";
            case Event.PlanSellingResumed e -> "B37";
            case Event.PlanSellingStopped e -> "P10";
            case Event.PlanAcquired e -> "E1";
            case Event.AudienceIdAdded e -> "A1";
            case Event.AudienceIdRemoved e -> "A3";
            case Event.AudienceChunkStaged e -> "A2";
            case Event.AudienceImported e -> "A2";
            case Event.AudienceSynced e -> "A9";
            case Event.AudienceSyncRequested e -> "A4";
            case Event.AudienceSyncFailed e -> "A11";
            case Event.PriceChangeScheduled e -> "V16";
            case Event.PriceChangeDropped e -> "V16";
            case Event.RemovalMoved e -> switch (e.state()) {
                case SUBMITTED -> "R1";
                case IN_PROGRESS -> "R3";
                case WAITING_FOR_PUBLISHER -> "R4";
                case COMPLETED -> "R5";
                case REJECTED, WITHDRAWN -> "R6";
            };
        };
    }

    private static String of(Reason reason, Optional<Command> asked) {
        boolean plan = asked.filter(Rules::ofPlan).isPresent();
        return switch (reason) {
            case MALFORMED -> "B26";
            case INVALID_ID -> plan ? "V2" : "V1";
            case COMMAND_ID_REUSED -> "V31";
            case OFFER_EXISTS -> "O1";
            case OFFER_NOT_FOUND -> "O33";
            case VERSION_CONFLICT -> "V32";
            case UNKNOWN_SECTION -> "O2";
            case SECTIONS_INCOMPLETE -> "O3";
            case NOTHING_TO_PUBLISH -> "O4";
            case PUBLISH_IN_PROGRESS -> plan ? "P16" : asked.map(Rules::whilePublishing).orElse("O7");
            case NOT_AT_SIGN_OFF -> "O18";
            case STALE_SUBMISSION -> asked.filter(Command.ByPipeline.class::isInstance).isPresent() ? "V33" : "O17";
            case STALE_STEP -> "V33";
            case CANCEL_TOO_LATE -> "O14, O15";
            case NO_PUBLISH_IN_PROGRESS -> "O16";
            case ALREADY_PUBLISHED -> plan ? "P6, P7" : "O22";
            case NEVER_PUBLISHED -> plan ? "P11"
                    : asked.filter(Command.RequestRemoval.class::isInstance).isPresent() ? "R1" : "O27";
            case STOP_SELL_PENDING -> plan ? "P12"
                    : asked.filter(Command.StopSellingOffer.class::isInstance).isPresent() ? "O28" : "O32";
            case ALREADY_STOPPED -> plan ? "P12" : "O29";
            case NO_STOP_SELL_PENDING -> "O34";
            case CONFIRMATION_REQUIRED -> "V35";
            case NOT_AVAILABLE -> asked.filter(Command.AcquirePlan.class::isInstance).isPresent() ? "E2" : "B33";
            case NOT_ENTITLED -> "B33";
            case REQUEST_NOT_FOUND, REQUEST_STATE -> "B32";
            case TOO_LARGE -> "size";
            case INTERNAL_ERROR -> "fault";
            case PLAN_EXISTS -> "P1";
            case PLAN_NOT_FOUND -> "B28";
            case PLAN_LIMIT -> "V12";
            case LANGUAGE_NOT_SUPPORTED -> "V11";
            case LAST_PLAN -> "P9";
            case NOT_IN_AUDIENCE -> "E1";
            case ENTITLEMENT_REVOKED -> "E14";
            case WRONG_PROBLEM_TYPE, WRONG_CATEGORY -> "R1";
            case REQUEST_ALREADY_OPEN -> "R2";
            case STILL_ON_SALE -> "R5";
            case PLAN_NOT_PRIVATE -> "B20";
            case INVALID_AUDIENCE_ID -> "V20";
            case AUDIENCE_LIMIT -> "V21";
            case DUPLICATE_ID -> "V20";
            case NOT_FOUND, AUDIENCE_EMPTY -> "A3";
            case CSV_INVALID -> "V22";
            case IMPORT_INCOMPLETE -> "B34";
            case NO_PRIVATE_PLAN -> "A6";
            case PLAN_NOT_LIVE -> "A7";
            case NOT_ON_SALE -> "A13";
            case NOTHING_TO_SYNC -> "A5";
            case FULL_PUBLISH_REQUIRED -> "A8";
        };
    }

    private static boolean ofPlan(Command command) {
        return command instanceof Command.CreatePlan || command instanceof Command.UpdatePlan
                || command instanceof Command.DeleteDraftPlan || command instanceof Command.StopSellingPlan;
    }

    private static String whilePublishing(Command command) {
        return command instanceof Command.DeleteDraft ? "O23"
                : command instanceof Command.StopSellingOffer ? "O30" : "O7";
    }
}
