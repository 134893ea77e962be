package io.offerflow.domain.state;

/** The status of a publishing run. */
public enum RunStatus { ACTIVE, WENT_LIVE, FAILED, CANCELLED, WITHDRAWN }
