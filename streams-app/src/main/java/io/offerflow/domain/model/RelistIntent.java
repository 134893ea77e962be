package io.offerflow.domain.model;

/** Whether a save of a plan that is not sold requests to sell it again (D39, B6, B7). */
public enum RelistIntent {
    /** No request: the plan was on sale or new, or its own stop is to stay. */
    NONE,
    /** The next publish sells it again. */
    MARKED,
    /** The next publish, which sells the offer again, leaves this plan out. */
    OPTED_OUT
}
