package io.offerflow.domain.model;

/** What became of an input that could be read. The order is part of the stored form: see AnswerMemory. */
public enum OutcomeResult {
    ACCEPTED, REJECTED, DUPLICATE, IGNORED
}
