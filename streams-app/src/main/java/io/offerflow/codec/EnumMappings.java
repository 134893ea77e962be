package io.offerflow.codec;

import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.StepMessage;
import java.util.List;
import java.util.Optional;

/** Maps the enums and small records that topics and stores share; enums have the same names on both sides. */
public final class EnumMappings {

    private static final EnumPairs<SectionId, io.offerflow.avro.SectionName> SECTIONS =
            EnumPairs.of(SectionId.class, io.offerflow.avro.SectionName.class);
    private static final EnumPairs<PublishStep, io.offerflow.avro.StepName> STEPS =
            EnumPairs.of(PublishStep.class, io.offerflow.avro.StepName.class);
    private static final EnumPairs<OfferType, io.offerflow.avro.OfferType> TYPES =
            EnumPairs.of(OfferType.class, io.offerflow.avro.OfferType.class);
    private static final EnumPairs<OutcomeResult, io.offerflow.avro.Result> RESULTS =
            EnumPairs.of(OutcomeResult.class, io.offerflow.avro.Result.class);
    private static final EnumPairs<Reason, io.offerflow.avro.Reason> REASONS =
            EnumPairs.of(Reason.class, io.offerflow.avro.Reason.class);

    private EnumMappings() {
    }

    public static io.offerflow.avro.OfferType toAvro(OfferType type) {
        return TYPES.to(type);
    }

    static OfferType fromAvro(io.offerflow.avro.OfferType type) {
        return TYPES.from(type);
    }

    public static io.offerflow.avro.SectionName toAvro(SectionId section) {
        return SECTIONS.to(section);
    }

    static SectionId fromAvro(io.offerflow.avro.SectionName section) {
        return SECTIONS.from(section);
    }

    public static io.offerflow.avro.StepName toAvro(PublishStep step) {
        return STEPS.to(step);
    }

    static PublishStep fromAvro(io.offerflow.avro.StepName step) {
        return STEPS.from(step);
    }

    public static io.offerflow.avro.Result toAvro(OutcomeResult result) {
        return RESULTS.to(result);
    }

    public static io.offerflow.avro.Reason toAvro(Reason reason) {
        return REASONS.to(reason);
    }

    static Optional<Reason> fromAvro(io.offerflow.avro.Reason reason) {
        return Optional.ofNullable(reason).map(REASONS::from);
    }

    public static List<io.offerflow.avro.Problem> problems(List<Problem> problems) {
        return problems.isEmpty() ? List.of() : problems.stream().map(EnumMappings::toAvro).toList();
    }

    static List<Problem> fromProblems(List<io.offerflow.avro.Problem> problems) {
        return problems.isEmpty() ? List.of() : problems.stream().map(EnumMappings::fromAvro).toList();
    }

    public static List<io.offerflow.avro.StepMessage> messages(List<StepMessage> messages) {
        return messages.isEmpty() ? List.of() : messages.stream().map(EnumMappings::toAvro).toList();
    }

    static List<StepMessage> fromMessages(List<io.offerflow.avro.StepMessage> messages) {
        return messages.isEmpty() ? List.of() : messages.stream().map(EnumMappings::fromAvro).toList();
    }

    private static io.offerflow.avro.Problem toAvro(Problem problem) {
        return new io.offerflow.avro.Problem(toAvro(problem.section()), problem.path(), problem.expected(),
                problem.met());
    }

    private static Problem fromAvro(io.offerflow.avro.Problem problem) {
        return new Problem(fromAvro(problem.getSection()), problem.getPath(), problem.getExpected(), problem.getMet());
    }

    private static io.offerflow.avro.StepMessage toAvro(StepMessage message) {
        return new io.offerflow.avro.StepMessage(message.code(), message.text());
    }

    private static StepMessage fromAvro(io.offerflow.avro.StepMessage message) {
        return new StepMessage(message.getCode(), message.getText());
    }

    /** The parts of a decision that outcome and journal entry have in common. */
    public record OutcomeParts(Optional<OutcomeResult> result, Optional<Reason> reason, Optional<String> detail,
            List<Problem> problems, Optional<Decision.OriginalOutcome> first, Optional<Long> download) {

        private OutcomeParts(OutcomeResult result, Optional<Reason> reason, Optional<String> detail,
                List<Problem> problems, Optional<Decision.OriginalOutcome> first) {
            this(Optional.of(result), reason, detail, problems, first, Optional.empty());
        }

        public static OutcomeParts of(Decision decision) {
            return switch (decision) {
                case Decision.Accepted accepted ->
                        new OutcomeParts(Optional.of(OutcomeResult.ACCEPTED), Optional.empty(),
                        Optional.empty(), List.of(), Optional.empty(), accepted.download());
                case Decision.Rejected no -> new OutcomeParts(OutcomeResult.REJECTED, Optional.of(no.reason()),
                        Optional.of(no.detail()), no.problems(), Optional.empty());
                case Decision.Ignored no -> new OutcomeParts(OutcomeResult.IGNORED, Optional.of(no.reason()),
                        Optional.of(no.detail()), List.of(), Optional.empty());
                case Decision.Duplicate duplicate -> new OutcomeParts(OutcomeResult.DUPLICATE, Optional.empty(),
                        Optional.empty(), List.of(), Optional.of(duplicate.original()));
                case Decision.CommandIdReused no ->
                        new OutcomeParts(OutcomeResult.REJECTED, Optional.of(Reason.COMMAND_ID_REUSED),
                        Optional.of(no.detail()), List.of(), Optional.of(no.original()));
                case Decision.TimePassed passed ->
                        new OutcomeParts(Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of(), Optional.empty(), Optional.empty());
            };
        }
    }
}
