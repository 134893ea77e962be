package io.offerflow.cli.feed;

import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.Result;
import io.offerflow.avro.Status;

/** What a feed waits for before it sends a line; all conditions but {@link Nothing} include the previous outcome. */
public sealed interface WaitCondition {

    /** The first line of a feed waits for nothing. */
    record Nothing() implements WaitCondition {
        @Override
        public String toString() {
            return "nothing";
        }
    }

    /** Any outcome of the previous line; the default. */
    record AnyOutcome() implements WaitCondition {
        @Override
        public String toString() {
            return "an outcome";
        }
    }

    /** This outcome of the previous line; another outcome ends the feed. */
    record Outcome(Result result) implements WaitCondition {
        @Override
        public String toString() {
            return "the outcome " + result;
        }
    }

    /** A notification that no earlier line of the feed has waited for. */
    record Notified(NotificationTemplate template) implements WaitCondition {
        @Override
        public String toString() {
            return "the notification " + template;
        }
    }

    /** A status row with this status, written by the previous line or later. */
    record InStatus(Status status) implements WaitCondition {
        @Override
        public String toString() {
            return "the status " + status;
        }
    }

    /** The tombstone that a deleted offer leaves on the status topic. */
    record Deleted() implements WaitCondition {
        @Override
        public String toString() {
            return "the offer's deletion";
        }
    }
}
