package io.offerflow.domain.model;

/** What a publisher wrote into a section: a tree of fields, so that one piece of code checks, compares and stores all. */
public record Content(SectionId section, Value.Struct fields) {

    /** The same for equal content in every process: tells without reading whether two revisions are alike (B11). */
    public long digest() {
        return fields.digest();
    }
}
