package io.offerflow.domain.model;

import java.util.List;
import java.util.Optional;

/** The decision about a command. A refusal is a value; an exception is a bug. */
public sealed interface Decision {

    /** The rule that decided. */
    Rule rule();

    /**
     * The command is accepted, with the events that follow from it; none if the state already is as requested.
     *
     * @param download the version that the customer may download, for a request of a customer
     */
    record Accepted(Rule rule, List<Event> events, Optional<Long> download) implements Decision {
    }

    /** The command breaks the rule; the state is unchanged. */
    record Rejected(Rule rule, Reason reason, String detail, List<Problem> problems) implements Decision {
    }

    /** The command refers to something that is over; the state is unchanged. */
    record Ignored(Rule rule, Reason reason, String detail) implements Decision {
    }

    /** The command id was used before with the same content: the original outcome holds. */
    record Duplicate(OriginalOutcome original) implements Decision {

        @Override
        public Rule rule() {
            return Rule.V31;
        }
    }

    /** The command id was used before with other content. */
    record CommandIdReused(String detail, OriginalOutcome original) implements Decision {

        @Override
        public Rule rule() {
            return Rule.V31;
        }
    }

    /** There was no command: time passed. */
    record TimePassed() implements Decision {

        @Override
        public Rule rule() {
            return Rule.NONE;
        }
    }

    /**
     * The outcome of the first command with an id.
     *
     * @param draftVersion the draft version after that command
     */
    record OriginalOutcome(OutcomeResult result, Optional<Reason> reason, long draftVersion) {
    }

    /** The events that follow from the decision. */
    default List<Event> events() {
        return this instanceof Accepted accepted ? accepted.events() : List.of();
    }

    static Decision accept(Rule rule, Event... events) {
        return accept(rule, List.of(events));
    }

    static Decision accept(Rule rule, List<Event> events) {
        return new Accepted(rule, List.copyOf(events), Optional.empty());
    }

    /** Accepts the request of a customer, who gets this version. */
    static Decision serve(Rule rule, long version, Event... events) {
        return new Accepted(rule, List.of(events), Optional.of(version));
    }

    static Decision reject(Rule rule, Reason reason, String detail, Object... values) {
        return new Rejected(rule, reason, RootLocaleText.format(detail, values), List.of());
    }

    static Decision ignore(Rule rule, Reason reason, String detail, Object... values) {
        return new Ignored(rule, reason, RootLocaleText.format(detail, values));
    }
}
