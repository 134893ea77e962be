package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Problem;
import java.util.List;

/** What a section says, and what keeps it Incomplete. */
public record SectionRow(Content content, List<Problem> problems) implements StateRow {
}
