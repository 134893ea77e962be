package io.offerflow.domain;

/** What became of an input that could be read. The order is part of the stored form: see AnswerMemory. */
public enum Result {
    ACCEPTED, REJECTED, DUPLICATE, IGNORED
}
