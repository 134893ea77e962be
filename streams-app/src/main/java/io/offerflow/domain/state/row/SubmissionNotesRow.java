package io.offerflow.domain.state.row;

import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.StepMessage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts of a submission: the notes for certification, and the messages that its steps reported. */
public record SubmissionNotesRow(Optional<String> notes, Map<PublishStep, List<StepMessage>> reports)
        implements StateRow {
    /** A submission without texts. */
    public static final SubmissionNotesRow NONE = new SubmissionNotesRow(Optional.empty(), Map.of());

    public SubmissionNotesRow {
        Map<PublishStep, List<StepMessage>> ordered = new EnumMap<>(PublishStep.class);
        ordered.putAll(reports);
        reports = Collections.unmodifiableMap(ordered);
    }

    /** The messages that a step reported when it ended. */
    public List<StepMessage> of(PublishStep step) {
        return reports.getOrDefault(step, List.of());
    }

    public SubmissionNotesRow with(PublishStep step, List<StepMessage> messages) {
        Map<PublishStep, List<StepMessage>> more = new EnumMap<>(PublishStep.class);
        more.putAll(reports);
        more.put(step, messages);
        return new SubmissionNotesRow(notes, more);
    }
}
