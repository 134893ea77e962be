package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Problem;
import java.util.List;

/** The content of a section, and the problems that keep it Incomplete. */
public record SectionRow(Content content, List<Problem> problems) implements StateRow {
}
