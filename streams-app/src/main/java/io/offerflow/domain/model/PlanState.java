package io.offerflow.domain.model;

/** The states of a plan (domain.md 5.2). */
public enum PlanState {
    DRAFT, LIVE, STOP_SELL_PENDING, NOT_SOLD
}
