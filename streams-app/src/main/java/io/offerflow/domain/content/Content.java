package io.offerflow.domain.content;

import io.offerflow.domain.SectionId;

/** What a publisher wrote into a section: a tree of fields, so that one piece of code checks, compares and stores all. */
public record Content(SectionId section, Value.Group fields) {

    /** The same for equal content in every process: tells without reading whether two revisions are alike (B11). */
    public long digest() {
        return fields.digest();
    }
}
