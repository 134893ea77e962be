package io.offerflow.domain.model;

import java.util.List;
import java.util.Optional;

/** What was decided about a command. A refusal is a value; an exception would be a bug. */
public sealed interface Decision {

    /** The rule that decided. */
    Rule rule();

    /**
     * It holds, and this happened; nothing, if it was so already.
     *
     * @param download the version a customer may download, where one asked
     */
    record Accepted(Rule rule, List<Event> events, Optional<Long> download) implements Decision {
    }

    /** It breaks the rule: the offer is as it was. */
    record Rejected(Rule rule, Reason reason, String detail, List<Problem> problems) implements Decision {
    }

    /** It refers to something that is over: the offer is as it was. */
    record Ignored(Rule rule, Reason reason, String detail) implements Decision {
    }

    /** Its id was seen before, with the same content: the first answer holds. */
    record Duplicate(OriginalOutcome original) implements Decision {

        @Override
        public Rule rule() {
            return Rule.V31;
        }
    }

    /** Its id was seen before, with other content. */
    record CommandIdReused(String detail, OriginalOutcome original) implements Decision {

        @Override
        public Rule rule() {
            return Rule.V31;
        }
    }

    /** Nothing was asked: time passed. */
    record TimePassed() implements Decision {

        @Override
        public Rule rule() {
            return Rule.NONE;
        }
    }

    /**
     * The answer that was given when a command id was seen for the first time.
     *
     * @param draftVersion the draft version after it
     */
    record OriginalOutcome(OutcomeResult result, Optional<Reason> reason, long draftVersion) {
    }

    /** What happened because of it. */
    default List<Event> events() {
        return this instanceof Accepted accepted ? accepted.events() : List.of();
    }

    static Decision accept(Rule rule, Event... events) {
        return accept(rule, List.of(events));
    }

    static Decision accept(Rule rule, List<Event> events) {
        return new Accepted(rule, List.copyOf(events), Optional.empty());
    }

    /** A customer gets this version. */
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
