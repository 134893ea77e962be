package io.offerflow.domain.state;

/** Where a run is, as the rules of cancelling see it (S22, S23). */
public enum RunPhase { BEFORE_SIGN_OFF, AT_SIGN_OFF, AFTER_SIGN_OFF }
