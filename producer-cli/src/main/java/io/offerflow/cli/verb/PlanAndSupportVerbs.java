package io.offerflow.cli.verb;

import static io.offerflow.contract.Topic.CUSTOMER_REQUESTS;
import static io.offerflow.contract.Topic.OFFER_COMMANDS;
import static io.offerflow.contract.Topic.STEP_RESULTS;
import static io.offerflow.contract.Topic.SUPPORT_DECISIONS;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The commands about plans and their audiences, and those of the pipeline, of customers and of the support desk. */
final class PlanAndSupportVerbs {

    private PlanAndSupportVerbs() {
    }

    static List<CommandVerb> all() {
        return Stream.of(plans(), audiences(), pipeline(), customers(), support(), supportDesk())
                .flatMap(verbs -> verbs).toList();
    }

    private static Stream<CommandVerb> plans() {
        return Stream.of(
                CommandVerb.of("plan create", OFFER_COMMANDS, "CreatePlan", "planId").holding("plan", "Plan")
                        .meets(Rule.P1, Rule.B14, Rule.V2, Rule.V12, Rule.B35, Rule.V11, Rule.O33)
                        .refusedAs(Reason.PLAN_EXISTS, Reason.INVALID_ID, Reason.PLAN_LIMIT,
                                Reason.LANGUAGE_NOT_SUPPORTED, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic --name Basic --pricing-model flat-rate --terms monthly=49.00"),
                CommandVerb.of("plan update", OFFER_COMMANDS, "UpdatePlan", "planId").holding("changes", "Plan")
                        .meets(Rule.P2, Rule.B25, Rule.B23, Rule.B42, Rule.V11, Rule.O33)
                        .refusedAs(Reason.PLAN_NOT_FOUND, Reason.LANGUAGE_NOT_SUPPORTED, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic --terms monthly=59.00 --clear description"),
                CommandVerb.of("plan delete", OFFER_COMMANDS, "DeleteDraftPlan", "planId")
                        .meets(Rule.P5, Rule.P6, Rule.P7, Rule.P8, Rule.P16, Rule.B29, Rule.D3, Rule.B38, Rule.B28,
                                Rule.O33)
                        .refusedAs(Reason.ALREADY_PUBLISHED, Reason.PUBLISH_IN_PROGRESS,
                                Reason.CONFIRMATION_REQUIRED, Reason.PLAN_NOT_FOUND, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic --yes --wait"),
                CommandVerb.of("plan stop-selling", OFFER_COMMANDS, "StopSellingPlan", "planId")
                        .meets(Rule.P9, Rule.P10, Rule.P11, Rule.P12, Rule.P16, Rule.B10, Rule.B38, Rule.B28,
                                Rule.O33)
                        .refusedAs(Reason.LAST_PLAN, Reason.NEVER_PUBLISHED, Reason.ALREADY_STOPPED,
                                Reason.STOP_SELL_PENDING, Reason.PUBLISH_IN_PROGRESS, Reason.CONFIRMATION_REQUIRED,
                                Reason.PLAN_NOT_FOUND, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic --yes --wait"));
    }

    private static Stream<CommandVerb> audiences() {
        return Stream.of(
                CommandVerb.of("audience add", OFFER_COMMANDS, "AddAudienceId", "planId", "id")
                        .meets(Rule.A1, Rule.B20, Rule.V20, Rule.V21, Rule.V23, Rule.B22, Rule.O33)
                        .refusedAs(Reason.PLAN_NOT_PRIVATE, Reason.INVALID_AUDIENCE_ID, Reason.AUDIENCE_LIMIT,
                                Reason.DUPLICATE_ID, Reason.PLAN_NOT_FOUND, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts pilot 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --type tenant --label"
                                + " Pilot"),
                CommandVerb.of("audience remove", OFFER_COMMANDS, "RemoveAudienceId", "planId", "id")
                        .meets(Rule.A3, Rule.A14, Rule.B20, Rule.O33)
                        .refusedAs(Reason.AUDIENCE_EMPTY, Reason.NOT_FOUND, Reason.PLAN_NOT_PRIVATE,
                                Reason.PLAN_NOT_FOUND, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts pilot 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"),
                CommandVerb.of("audience sync", OFFER_COMMANDS, "SyncPrivateAudience")
                        .meets(Rule.A4, Rule.A5, Rule.A6, Rule.A7, Rule.A8, Rule.A9, Rule.A10, Rule.A11, Rule.A13,
                                Rule.O33)
                        .refusedAs(Reason.NO_PRIVATE_PLAN, Reason.PLAN_NOT_LIVE, Reason.NOT_ON_SALE,
                                Reason.NOTHING_TO_SYNC, Reason.FULL_PUBLISH_REQUIRED, Reason.PLAN_NOT_FOUND,
                                Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --plan-ids pilot --wait"));
    }

    private static Stream<CommandVerb> pipeline() {
        return Stream.of(
                CommandVerb.of("step report succeeded", STEP_RESULTS, "ReportStepSucceeded", "step")
                        .meets(Rule.O9, Rule.O10, Rule.O19, Rule.V33, Rule.B2, Rule.B3)
                        .refusedAs(Reason.STALE_STEP, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts certification --submission 1"),
                CommandVerb.of("step report failed", STEP_RESULTS, "ReportStepFailed", "step")
                        .meets(Rule.O11, Rule.O12, Rule.V33, Rule.B2, Rule.B3)
                        .refusedAs(Reason.STALE_STEP, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts certification --submission 1 --messages 100.1.3=\"Logo is blurred\""));
    }

    private static Stream<CommandVerb> customers() {
        return Stream.of(
                CommandVerb.of("customer acquire", CUSTOMER_REQUESTS, "AcquirePlan", "planId", "customerId")
                        .meets(Rule.E1, Rule.E2, Rule.E3, Rule.E8, Rule.A14, Rule.B15, Rule.B16)
                        .refusedAs(Reason.NOT_AVAILABLE, Reason.NOT_IN_AUDIENCE, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"),
                CommandVerb.of("customer download", CUSTOMER_REQUESTS, "DownloadOffer", "planId", "customerId")
                        .meets(Rule.E4, Rule.E6, Rule.E7, Rule.E14, Rule.B33)
                        .refusedAs(Reason.NOT_ENTITLED, Reason.ENTITLEMENT_REVOKED, Reason.NOT_AVAILABLE,
                                Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts basic 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"));
    }

    private static Stream<CommandVerb> support() {
        return Stream.of(
                CommandVerb.of("support request", OFFER_COMMANDS, "RequestRemoval")
                        .meets(Rule.R1, Rule.R2, Rule.B18)
                        .refusedAs(Reason.NEVER_PUBLISHED, Reason.REQUEST_ALREADY_OPEN, Reason.WRONG_PROBLEM_TYPE,
                                Reason.WRONG_CATEGORY, Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --problem-type saas --category remove-a-published-offer"),
                removal("support answer", OFFER_COMMANDS, "AnswerRemoval", Rule.R4)
                        .example("contoso/shifts --request 1 --answer \"Yes, all of them\""),
                removal("support withdraw", OFFER_COMMANDS, "WithdrawRemoval", Rule.R6)
                        .example("contoso/shifts --request 1"));
    }

    private static Stream<CommandVerb> supportDesk() {
        return Stream.of(
                removal("support decide take", SUPPORT_DECISIONS, "TakeRemovalRequest", Rule.R3)
                        .example("contoso/shifts --request 1"),
                removal("support decide ask", SUPPORT_DECISIONS, "AskPublisher", Rule.R4)
                        .example("contoso/shifts --request 1 --question \"Also from customers with a trial?\""),
                removal("support decide complete", SUPPORT_DECISIONS, "CompleteRemoval", Rule.R5)
                        .refusedAs(Reason.STILL_ON_SALE, Reason.REQUEST_NOT_FOUND, Reason.REQUEST_STATE,
                                Reason.OFFER_NOT_FOUND)
                        .example("contoso/shifts --request 1 --wait"),
                removal("support decide reject", SUPPORT_DECISIONS, "RejectRemoval", Rule.R6)
                        .example("contoso/shifts --request 1 --explanation \"Customers depend on it\""));
    }

    /** A command that moves a removal request on. */
    private static CommandVerb removal(String path, Topic topic, String payload, Rule rule) {
        return CommandVerb.of(path, topic, payload).meets(rule, Rule.B32)
                .refusedAs(Reason.REQUEST_NOT_FOUND, Reason.REQUEST_STATE, Reason.OFFER_NOT_FOUND);
    }
}
