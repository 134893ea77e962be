package io.offerflow.domain.model;

/** How a section of the draft stands (S6, S7, B49). */
public enum SectionState {
    NOT_STARTED, INCOMPLETE, COMPLETE, UNPUBLISHED_CHANGES, PUBLISHED
}
