package io.offerflow.domain.state;

/** How a run stands. */
public enum RunStatus { ACTIVE, WENT_LIVE, FAILED, CANCELLED, WITHDRAWN }
