package io.offerflow.domain.model;

import java.util.Arrays;

/** Why a command was refused or ignored: a closed list. The codes are part of the stored format and never change. */
public enum Reason {
    MALFORMED(1),
    INVALID_ID(2),
    COMMAND_ID_REUSED(3),
    OFFER_EXISTS(4),
    OFFER_NOT_FOUND(5),
    VERSION_CONFLICT(6),
    UNKNOWN_SECTION(7),
    SECTIONS_INCOMPLETE(8),
    NOTHING_TO_PUBLISH(9),
    PUBLISH_IN_PROGRESS(10),
    NOT_AT_SIGN_OFF(11),
    STALE_SUBMISSION(12),
    STALE_STEP(13),
    CANCEL_TOO_LATE(14),
    NO_PUBLISH_IN_PROGRESS(15),
    ALREADY_PUBLISHED(16),
    NEVER_PUBLISHED(17),
    STOP_SELL_PENDING(18),
    ALREADY_STOPPED(19),
    NO_STOP_SELL_PENDING(20),
    CONFIRMATION_REQUIRED(21),
    NOT_AVAILABLE(22),
    NOT_ENTITLED(23),
    REQUEST_NOT_FOUND(24),
    TOO_LARGE(25),
    INTERNAL_ERROR(26),
    PLAN_EXISTS(27),
    PLAN_NOT_FOUND(28),
    PLAN_LIMIT(29),
    LANGUAGE_NOT_SUPPORTED(30),
    LAST_PLAN(31),
    NOT_IN_AUDIENCE(32),
    ENTITLEMENT_REVOKED(33),
    WRONG_PROBLEM_TYPE(34),
    WRONG_CATEGORY(35),
    REQUEST_ALREADY_OPEN(36),
    REQUEST_STATE(37),
    STILL_ON_SALE(38),
    PLAN_NOT_PRIVATE(39),
    INVALID_AUDIENCE_ID(40),
    AUDIENCE_LIMIT(41),
    DUPLICATE_ID(42),
    NOT_FOUND(43),
    AUDIENCE_EMPTY(44),
    CSV_INVALID(45),
    IMPORT_INCOMPLETE(46),
    NO_PRIVATE_PLAN(47),
    PLAN_NOT_LIVE(48),
    NOT_ON_SALE(49),
    NOTHING_TO_SYNC(50),
    FULL_PUBLISH_REQUIRED(51);

    private static final Reason[] BY_CODE = new Reason[128];

    static {
        Arrays.stream(values()).forEach(reason -> BY_CODE[reason.code] = reason);
    }

    private final int code;

    Reason(int code) {
        this.code = code;
    }

    /** The number that stands for the reason in stored outcomes, 1 to 127. */
    public int code() {
        return code;
    }

    /** The reason with a {@link #code}. */
    public static Reason ofCode(int code) {
        return BY_CODE[code];
    }
}
