package io.offerflow.domain.state;

/** The phases of a run that the rules of cancelling distinguish (S22, S23). */
public enum RunPhase { BEFORE_SIGN_OFF, AT_SIGN_OFF, AFTER_SIGN_OFF }
