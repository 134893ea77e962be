package io.offerflow.domain.model;

/** A message that a step reports to the publisher. */
public record StepMessage(String code, String text) {
}
