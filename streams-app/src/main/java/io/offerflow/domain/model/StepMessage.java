package io.offerflow.domain.model;

/** A line of a report that a step wrote for the publisher. */
public record StepMessage(String code, String text) {
}
