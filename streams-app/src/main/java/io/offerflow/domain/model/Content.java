package io.offerflow.domain.model;

/** The content of a section: a tree of fields, so that the same code checks, compares and stores all sections. */
public record Content(SectionId section, Value.Struct fields) {

    /** Equal for equal content, in every process: two revisions can be compared without reading their rows (B11). */
    public long digest() {
        return fields.digest();
    }
}
