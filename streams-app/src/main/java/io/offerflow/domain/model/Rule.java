package io.offerflow.domain.model;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules that decide, by their ids in the specification: O offers, P plans, A audiences, E entitlements, R removals,
 * V validation, D and B settled questions. Every decision and every due event names the rule that it follows from.
 */
public enum Rule {
    /** No decision, or an entry of a release that recorded no rules, or one of a release with more rules. */
    NONE(""),

    O1("An offer is created as a draft under an id that is valid and not taken."),
    O2("A section is saved in every status of the offer; its name is known and its content well-formed."),
    O3("A draft is submitted when every section that applies is complete."),
    O4("A live offer is submitted when its sections are complete and something has changed; it stays on sale."),
    O5("An offer that needs attention is submitted again when its sections are complete, with or without a change."),
    O6("An offer that is not sold is submitted when its sections are complete, with or without a change."),
    O7("An offer is not submitted while it is being published."),
    O8("A new submission supersedes the one that waits for sign-off."),
    O9("When a step succeeds, the run goes on with the next step that applies."),
    O10("When the preview is created, the offer waits for the publisher's sign-off."),
    O11("When certification fails, the run ends and the offer needs attention."),
    O12("When another step fails, the run ends and the offer needs attention; what is live stays live."),
    O13("Before sign-off a run is cancelled once the request is confirmed; the draft is kept."),
    O14("A run that waits for sign-off cannot be cancelled."),
    O15("A run that was signed off cannot be cancelled."),
    O16("Without a run there is nothing to cancel."),
    O17("At sign-off the publisher goes live with the submission that waits."),
    O18("Only an offer that waits for sign-off goes live."),
    O19("When the last step succeeds, the submission is the live version and the offer is on sale."),
    O21("The draft of an offer that was never live is deleted once the request is confirmed."),
    O22("An offer with a version on sale cannot be deleted."),
    O23("An offer cannot be deleted while it is being published."),
    O24("The draft of an offer whose selling stopped is deleted; customers keep what they have."),
    O25("A confirmed request stops selling an offer after the delay."),
    O26("When the delay has passed, selling the offer stops and customers keep the version that was live."),
    O27("Selling an offer that was never live cannot be stopped."),
    O28("Selling that is going to stop is not stopped a second time."),
    O29("Selling that has stopped is not stopped again."),
    O30("Selling cannot be stopped during a run, except at sign-off."),
    O31("Selling is stopped at sign-off; the submission that waits is withdrawn."),
    O32("An offer whose selling is going to stop is not submitted and does not go live."),
    O33("An offer that was never created, or is deleted, takes no commands."),
    O34("A pending stop of selling the offer is withdrawn before it takes effect."),

    P1("A plan is created in every status of the offer, under an id that the draft does not have yet."),
    P2("A plan of the draft is changed in every status of the offer; errors make Plan overview incomplete."),
    P5("A plan of an offer that was never live is deleted once the request is confirmed."),
    P6("A new plan of an offer that was live cannot be deleted."),
    P7("A plan on sale cannot be deleted."),
    P8("A plan that is no longer sold is deleted; customers keep what they have."),
    P9("A confirmed request stops selling a plan after the delay, while another plan stays on sale."),
    P10("When the delay has passed, selling the plan stops; its customers keep the version that was live."),
    P11("Selling a plan that was never live cannot be stopped."),
    P12("Selling a plan that has stopped, or is going to, is not stopped again."),
    P16("A plan is neither deleted nor stopped while its offer is being published."),

    A1("An id is added to the saved audience of a plan of the draft."),
    A2("An import replaces the saved audience of a plan, as a whole, when all of its rows are valid."),
    A3("An id of the saved audience is removed as long as another one is left."),
    A4("A sync publishes the changed audiences of the private plans that are on sale."),
    A5("Without a changed audience there is nothing to sync."),
    A6("Without a private plan there is nothing to sync."),
    A7("The audience of a plan that was never live is not synced; it is published with the plan."),
    A8("The first ids of a type reach customers with a full publish, not with a sync."),
    A9("A sync that takes effect publishes the saved audiences and nothing else."),
    A10("An audience that is being synced is synced again only after that."),
    A11("A sync fails when none of its plans is on sale at its due time; the published audiences stay."),
    A13("The audience of a plan that is not on sale is not synced."),
    A14("Only the published audience of a private plan acquires it; those removed keep what they have."),

    E1("A customer acquires a plan that is on sale for them."),
    E2("A plan that is not on sale is not acquired."),
    E3("A plan whose selling is going to stop is acquired until it does."),
    E4("A customer who has the plan downloads the live version."),
    E6("After selling stopped, a customer downloads the version that was live then."),
    E7("A customer from before the stop gets no update, even when the plan is sold again."),
    E8("A customer from before the stop acquires the plan again and gets updates again."),
    E14("A customer from whom the offer was removed downloads nothing."),

    R1("A removal is requested with the offer's type and the category for removals, for an offer that was live."),
    R2("While a removal request is open, there is no second one."),
    R3("Support takes a request that was submitted."),
    R4("Support asks the publisher, and the publisher answers."),
    R5("Support completes a request in progress once nothing is on sale; all entitlements are revoked."),
    R6("Support rejects, or the publisher withdraws, a request that is open; entitlements stay."),

    V1("An offer id has at most 50 lower-case letters, digits, - and _."),
    V2("A plan id has 1 to 50 lower-case letters, digits, - and _."),
    V3("A plan's alias keeps to its limit."),
    V11("The language of a plan is en-US."),
    V12("The plans of an offer keep to their limit."),
    V14("The pricing model is flat rate or per user."),
    V15("Billing terms are monthly or annual, each with a price."),
    V18("A plan is public or private."),
    V19("The audience of a private plan is not empty."),
    V20("An id of an audience is a GUID in lower case, there once, with a label that keeps to its limit."),
    V21("The ids of each type in an audience keep to their limit."),
    V23("The ids of an audience are of a type that goes with the type of the offer."),
    V24("A metered dimension has a price."),
    V30("Every command has an id, which is a UUID, and an actor."),
    V31("A command id that is used again gets the first answer, and has no second effect."),
    V32("A command that names the draft version it expects is refused when the draft has another."),
    V33("A step result that does not match the step at work is ignored."),
    V34("Every input that can be read gets one answer, also when it cannot be carried out."),
    V35("A request that takes something away is confirmed."),

    D3("By a switch, a new plan of an offer that was live can be deleted."),
    D37("The id of a deleted offer stays reserved if the offer was ever live."),

    B2("At sign-off every step result is ignored: only the publisher decides."),
    B3("A step result for an offer that does not exist is ignored, not refused."),
    B10("A plan is not stopped while selling of the whole offer is going to stop."),
    B14("The id of a deleted plan stays reserved if the plan was ever live."),
    B15("A customer who has the plan already acquires it without effect."),
    B16("A customer from whom the offer was removed can acquire the plan again."),
    B18("A request that waits for the publisher is open: there is no second one."),
    B20("Only a plan that is private, in the draft or as published, has an audience."),
    B22("The ids added by hand since the last import keep to their limit."),
    B23("A plan command does not change the audience."),
    B24("Plan overview is saved by the plan commands, not as a section."),
    B25("A plan command changes the fields it gives and clears those it names."),
    B26("A command whose arguments are missing or ill-typed is refused before anything else."),
    B28("A command about a plan that the draft does not have is refused before its state counts."),
    B29("A plan whose selling is going to stop cannot be deleted."),
    B32("A removal request exists and is in a state from which the step leads on."),
    B33("Nothing is downloaded without an entitlement, or after the stop where that is switched off."),
    B34("The chunks of an import follow each other without a gap; a refusal drops the import."),
    B35("A private plan is not created beyond the limit of private plans."),
    B37("A pending stop of selling one plan is withdrawn before it takes effect."),
    B38("Replacing an audience, deleting a plan and stopping a plan are confirmed, too."),
    B42("A save that changes nothing is accepted without effect."),
    B55("An offer has an alias, and it keeps to its limit."),
    B66("A secret is given as a reference to a secret store, never as its value."),
    B72("An import of the list that the draft has is accepted without effect.");

    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(Rule::id, Function.identity()));

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /** The id as it is journalled and documented, such as {@code O18}; empty for {@link #NONE}. */
    public String id() {
        return this == NONE ? "" : name();
    }

    /** The rule in one sentence, for people. */
    public String sentence() {
        return sentence;
    }

    /** The rule with an id; {@link #NONE} if it is empty or unknown to this release. */
    public static Rule withId(String id) {
        return BY_ID.getOrDefault(id, NONE);
    }
}
