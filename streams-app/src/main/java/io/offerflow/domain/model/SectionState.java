package io.offerflow.domain.model;

/** The states of a section of the draft (S6, S7, B49). */
public enum SectionState {
    NOT_STARTED, INCOMPLETE, COMPLETE, UNPUBLISHED_CHANGES, PUBLISHED
}
