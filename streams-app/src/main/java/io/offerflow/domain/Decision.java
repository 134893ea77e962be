package io.offerflow.domain;

import java.util.List;
import java.util.Optional;

/** What was decided about a command. A refusal is a value; an exception would be a bug. */
public sealed interface Decision {

    /**
     * It holds, and this happened; nothing, if it was so already.
     *
     * @param download the version a customer may download, where one asked
     */
    record Accepted(List<Event> events, Optional<Long> download) implements Decision {

        public Accepted(List<Event> events) {
            this(events, Optional.empty());
        }
    }

    /** It breaks a rule: the offer is as it was. */
    record Rejected(Reason reason, String detail, List<Problem> problems) implements Decision {
    }

    /** It speaks of something that is over (V33): the offer is as it was. */
    record Ignored(Reason reason, String detail) implements Decision {
    }

    /** Its id was seen before, with the same content: the first answer stands (V31). */
    record Duplicate(FirstAnswer first) implements Decision {
    }

    /** Its id was seen before, with other content. */
    record Reused(String detail, FirstAnswer first) implements Decision {
    }

    /** Nothing was asked: time passed. */
    record Nothing() implements Decision {
    }

    /**
     * The answer that was given when a command id was seen for the first time.
     *
     * @param draftVersion the draft version after it
     */
    record FirstAnswer(Result result, Optional<Reason> reason, long draftVersion) {
    }

    /** What happened because of it. */
    default List<Event> events() {
        return this instanceof Accepted accepted ? accepted.events() : List.of();
    }

    static Decision accept(Event... events) {
        return new Accepted(List.of(events));
    }

    static Decision accept(List<Event> events) {
        return new Accepted(List.copyOf(events));
    }

    /** A customer gets this version. */
    static Decision serve(long version, Event... events) {
        return new Accepted(List.of(events), Optional.of(version));
    }

    static Decision reject(Reason reason, String detail, Object... values) {
        return new Rejected(reason, detail.formatted(values), List.of());
    }

    static Decision ignore(Reason reason, String detail, Object... values) {
        return new Ignored(reason, detail.formatted(values));
    }
}
