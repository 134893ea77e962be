package io.offerflow.domain.model;

/** What a save says about selling a plan again that is not sold (D39, B6, B7). */
public enum RelistIntent {
    /** Nothing: the plan was on sale, or new, or stopped by itself and to stay so. */
    NONE,
    /** The next publish sells it again. */
    MARKED,
    /** The next publish, which sells the offer again, leaves this plan out. */
    OPTED_OUT
}
