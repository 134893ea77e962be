package io.offerflow.domain.state;

import io.offerflow.domain.Problem;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.content.Content;
import java.util.List;
import java.util.Optional;

/** A row of an offer beside its facts: what is larger, and changes less often. */
public sealed interface Row {

    /** Names a row of one offer. */
    sealed interface Key {
    }

    /** A section at one revision. */
    record SectionKey(SectionId section, long revision) implements Key {
    }

    /** The texts of one submission. */
    record TextsKey(long submission) implements Key {
    }

    /** What a section says, and what keeps it Incomplete. */
    record Section(Content content, List<Problem> problems) implements Row {
    }

    /** What was written for and about a submission: the notes for certification, and what its last step reported. */
    record Texts(Optional<String> notes, List<StepMessage> messages) implements Row {
        static final Texts NONE = new Texts(Optional.empty(), List.of());
    }
}
