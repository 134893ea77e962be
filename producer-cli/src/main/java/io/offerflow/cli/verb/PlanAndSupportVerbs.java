package io.offerflow.cli.verb;

import static io.offerflow.contract.Topic.CUSTOMER_REQUESTS;
import static io.offerflow.contract.Topic.OFFER_COMMANDS;
import static io.offerflow.contract.Topic.STEP_RESULTS;
import static io.offerflow.contract.Topic.SUPPORT_DECISIONS;

import java.util.List;
import java.util.stream.Stream;

/** What is asked of plans, by the pipeline, by customers and at the support desk. */
final class PlanAndSupportVerbs {

    private static final String NO_PLAN = " A plan that is not there: PLAN_NOT_FOUND.";
    private static final String STALE = "taken when it names the step at work of the newest run (O9 to O12, O19);"
            + " anything else is ignored as STALE_STEP (V33).";
    private static final String AVAILABLE = " The plan has to be on sale (NOT_AVAILABLE) and the customer in its"
            + " audience"
            + " if it is private (NOT_IN_AUDIENCE)";
    private static final String NO_REQUEST = " A request that is not there: REQUEST_NOT_FOUND; from another state:"
            + " REQUEST_STATE.";

    private PlanAndSupportVerbs() {
    }

    static List<CommandVerb> all() {
        return Stream.of(plans(), audiences(), pipeline(), customers(), support(), supportDesk())
                .flatMap(verbs -> verbs).toList();
    }

    private static Stream<CommandVerb> plans() {
        return Stream.of(
                CommandVerb.of("plan create", OFFER_COMMANDS, "CreatePlan", "planId").holding("plan", "Plan")
                        .rule("taken for a new id (P1); otherwise PLAN_EXISTS, and PLAN_LIMIT when there are as many"
                                + " as there may be. What is missing makes the plan Incomplete, it refuses nothing.")
                        .example("contoso/shifts basic --name Basic --pricing-model flat-rate --terms monthly=49.00"),
                CommandVerb.of("plan update", OFFER_COMMANDS, "UpdatePlan", "planId").holding("changes", "Plan")
                        .rule("always taken for a plan that is there (P2): the fields that are given change, those of"
                                + " --clear become empty, all others stay (B25). A plan that is not sold comes back"
                                + " with the next publish unless --relist false (D39)." + NO_PLAN)
                        .example("contoso/shifts basic --terms monthly=59.00 --clear description"),
                CommandVerb.of("plan delete", OFFER_COMMANDS, "DeleteDraftPlan", "planId")
                        .rule("taken for a plan of an offer that was never published, or one that is no longer"
                                + " sold, with"
                                + " --yes (S18, P5 to P8); otherwise ALREADY_PUBLISHED, PUBLISH_IN_PROGRESS or"
                                + " CONFIRMATION_REQUIRED."
                                + NO_PLAN)
                        .example("contoso/shifts basic --yes --wait"),
                CommandVerb.of("plan stop-selling", OFFER_COMMANDS, "StopSellingPlan", "planId")
                        .rule("taken while the plan and another one are on sale, with --yes (S24, P9 to P12); the last"
                                + " one is stopped with its offer (LAST_PLAN). Otherwise NEVER_PUBLISHED,"
                                + " ALREADY_STOPPED, STOP_SELL_PENDING or CONFIRMATION_REQUIRED." + NO_PLAN)
                        .example("contoso/shifts basic --yes --wait"));
    }

    private static Stream<CommandVerb> audiences() {
        return Stream.of(
                CommandVerb.of("audience add", OFFER_COMMANDS, "AddAudienceId", "planId", "id")
                        .rule("taken for a plan that is private in the draft or on sale, for at most 10 by hand"
                                + " since the"
                                + " last import (A1, V20 to V23); otherwise PLAN_NOT_PRIVATE, INVALID_AUDIENCE_ID,"
                                + " AUDIENCE_LIMIT or DUPLICATE_ID." + NO_PLAN)
                        .example("contoso/shifts pilot 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --type tenant --label"
                                + " Pilot"),
                CommandVerb.of("audience remove", OFFER_COMMANDS, "RemoveAudienceId", "planId", "id")
                        .rule("taken while somebody else is left (A3, A14); otherwise AUDIENCE_EMPTY or NOT_FOUND."
                                + NO_PLAN)
                        .example("contoso/shifts pilot 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"),
                CommandVerb.of("audience sync", OFFER_COMMANDS, "SyncPrivateAudience")
                        .rule("taken when a private plan on sale has an audience that was saved since (A4 to A13,"
                                + " S32 to"
                                + " S35); nothing else is published. What is saved now counts"
                                + " at once, or after the delay the operator has set. Otherwise NO_PRIVATE_PLAN, PLAN_NOT_LIVE,"
                                + " NOT_ON_SALE, NOTHING_TO_SYNC or FULL_PUBLISH_REQUIRED.")
                        .example("contoso/shifts --plan-ids pilot --wait"));
    }

    private static Stream<CommandVerb> pipeline() {
        return Stream.of(
                CommandVerb.of("step report succeeded", STEP_RESULTS, "ReportStepSucceeded", "step").rule(STALE)
                        .example("contoso/shifts certification --submission 1"),
                CommandVerb.of("step report failed", STEP_RESULTS, "ReportStepFailed", "step")
                        .rule(STALE + " The run ends and the offer needs attention; also the way out when a system is"
                                + " dead (B67).")
                        .example("contoso/shifts certification --submission 1 --messages 100.1.3=\"Logo is blurred\""));
    }

    private static Stream<CommandVerb> customers() {
        return Stream.of(
                CommandVerb.of("customer acquire", CUSTOMER_REQUESTS, "AcquirePlan", "planId", "customerId")
                        .rule("E1 to E3, E8." + AVAILABLE + "; who has it already keeps it.")
                        .example("contoso/shifts basic 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"),
                CommandVerb.of("customer download", CUSTOMER_REQUESTS, "DownloadOffer", "planId", "customerId")
                        .rule("E4 to E7: who has bought it gets the version that is live, or the last one from before"
                                + " selling stopped. Otherwise NOT_ENTITLED or ENTITLEMENT_REVOKED.")
                        .example("contoso/shifts basic 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10 --wait"));
    }

    private static Stream<CommandVerb> support() {
        return Stream.of(
                CommandVerb.of("support request", OFFER_COMMANDS, "RequestRemoval")
                        .rule("taken once at a time for an offer that was published (S31, R1, R2); otherwise"
                                + " NEVER_PUBLISHED, REQUEST_ALREADY_OPEN, WRONG_PROBLEM_TYPE or WRONG_CATEGORY.")
                        .example("contoso/shifts --problem-type saas --category remove-a-published-offer"),
                CommandVerb.of("support answer", OFFER_COMMANDS, "AnswerRemoval")
                        .rule("taken while support waits for an answer (R4)." + NO_REQUEST)
                        .example("contoso/shifts --request 1 --answer \"Yes, all of them\""),
                CommandVerb.of("support withdraw", OFFER_COMMANDS, "WithdrawRemoval")
                        .rule("taken while the request is open (R6)." + NO_REQUEST)
                        .example("contoso/shifts --request 1"));
    }

    private static Stream<CommandVerb> supportDesk() {
        return Stream.of(
                CommandVerb.of("support decide take", SUPPORT_DECISIONS, "TakeRemovalRequest")
                        .rule("taken for a request that was submitted (R3)." + NO_REQUEST)
                        .example("contoso/shifts --request 1"),
                CommandVerb.of("support decide ask", SUPPORT_DECISIONS, "AskPublisher")
                        .rule("taken for a request in progress (R4)." + NO_REQUEST)
                        .example("contoso/shifts --request 1 --question \"Also from customers with a trial?\""),
                CommandVerb.of("support decide complete", SUPPORT_DECISIONS, "CompleteRemoval")
                        .rule("taken for a request in progress when nothing of the offer is on sale (R5); otherwise"
                                + " STILL_ON_SALE." + NO_REQUEST)
                        .example("contoso/shifts --request 1 --wait"),
                CommandVerb.of("support decide reject", SUPPORT_DECISIONS, "RejectRemoval")
                        .rule("taken for a request that is open (R6)." + NO_REQUEST)
                        .example("contoso/shifts --request 1 --explanation \"Customers depend on it\""));
    }
}
