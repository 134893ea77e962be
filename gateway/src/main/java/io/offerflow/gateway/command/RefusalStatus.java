package io.offerflow.gateway.command;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.Reason;

/** HTTP status codes of refusals: 404 for what is not there, 422 for the content of a command, 409 for its time. */
final class RefusalStatus {

    private RefusalStatus() {
    }

    /** The status for a command that was refused. */
    static int of(Reason reason) {
        return switch (reason) {
            case OFFER_NOT_FOUND, PLAN_NOT_FOUND, REQUEST_NOT_FOUND, NOT_FOUND -> 404;
            case MALFORMED, INVALID_ID, COMMAND_ID_REUSED, UNKNOWN_SECTION, LANGUAGE_NOT_SUPPORTED, SECTIONS_INCOMPLETE,
                    CONFIRMATION_REQUIRED, INVALID_AUDIENCE_ID, DUPLICATE_ID, CSV_INVALID, AUDIENCE_EMPTY,
                    WRONG_PROBLEM_TYPE, WRONG_CATEGORY, TOO_LARGE -> 422;
            case OFFER_EXISTS, VERSION_CONFLICT, PLAN_EXISTS, PLAN_LIMIT, NOTHING_TO_PUBLISH, PUBLISH_IN_PROGRESS,
                    NOT_AT_SIGN_OFF, STALE_SUBMISSION, STALE_STEP, CANCEL_TOO_LATE, NO_PUBLISH_IN_PROGRESS,
                    ALREADY_PUBLISHED, NEVER_PUBLISHED, STOP_SELL_PENDING, ALREADY_STOPPED, NO_STOP_SELL_PENDING,
                    LAST_PLAN, PLAN_NOT_PRIVATE, AUDIENCE_LIMIT, IMPORT_INCOMPLETE, NO_PRIVATE_PLAN, PLAN_NOT_LIVE,
                    NOT_ON_SALE, NOTHING_TO_SYNC, FULL_PUBLISH_REQUIRED, NOT_AVAILABLE, NOT_IN_AUDIENCE, NOT_ENTITLED,
                    ENTITLEMENT_REVOKED, REQUEST_ALREADY_OPEN, REQUEST_STATE, STILL_ON_SALE -> 409;
            case INTERNAL_ERROR -> 500;
            case UNKNOWN -> 409; // a reason of a later release
        };
    }

    /** The status for a command that the service could not read. */
    static int of(QuarantineReason reason) {
        return switch (reason) {
            case TOO_LARGE -> 413;
            case UNKNOWN, MISSING_KEY, WRONG_KEY, WRONG_PARTITION, MISSING_VALUE, FOREIGN_BYTES, UNKNOWN_SCHEMA,
                    WRONG_SCHEMA, UNKNOWN_COMMAND, UNREADABLE, MALFORMED_TEXT, WRONG_TIME, FAULT -> 500;
        };
    }
}
