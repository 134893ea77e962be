package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.avro.Problem;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.avro.Result;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.json.AvroJson;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** What the service said to one input. */
public sealed interface Answer {

    /** The input that it answers. */
    RecordCoordinates cause();

    /** {@link ExitCode#DONE} or {@link ExitCode#REJECTED}; that of a duplicate is that of its first answer. */
    int exitCode();

    /** The result in capitals. */
    String result();

    /** The reason in capitals; empty if there is none. */
    String reason();

    /** One sentence; empty if there is nothing to say. */
    String detail();

    /** What has to be mended. */
    List<Problem> problems();

    /** Number of the entry in the offer's history; 0 if there is none. */
    default long sequence() {
        return record() instanceof CommandOutcome outcome ? outcome.getSequence() : 0;
    }

    /** The whole record. */
    IndexedRecord record();

    /** As it is shown to programs. */
    default void into(ObjectNode target) {
        target.put("result", result()).put("reason", reason().isEmpty() ? null : reason())
                .put("detail", detail().isEmpty() ? null : detail());
        target.set("answer", AvroJson.write(record()));
    }

    /** An answer on the topic of outcomes. */
    record Outcome(CommandOutcome record) implements Answer {
        @Override
        public RecordCoordinates cause() {
            return RecordCoordinates.of(record.getCause());
        }

        @Override
        public int exitCode() {
            Result result = record.getResult() == Result.DUPLICATE
                    ? Optional.ofNullable(record.getFirst()).map(FirstAnswer::getResult).orElse(Result.ACCEPTED)
                    : record.getResult();
            return result == Result.ACCEPTED ? ExitCode.DONE : ExitCode.REJECTED;
        }

        @Override
        public String result() {
            return record.getResult().name();
        }

        @Override
        public String reason() {
            return Optional.ofNullable(record.getReason()).or(() -> Optional.ofNullable(record.getFirst())
                    .flatMap(first -> Optional.ofNullable(first.getReason()))).map(Reason::name).orElse("");
        }

        @Override
        public String detail() {
            return Optional.ofNullable(record.getDetail()).orElse("");
        }

        @Override
        public List<Problem> problems() {
            return record.getProblems();
        }
    }

    /** The input could not be read. */
    record Quarantined(QuarantinedRecord record) implements Answer {
        @Override
        public RecordCoordinates cause() {
            return RecordCoordinates.of(record.getSource());
        }

        @Override
        public int exitCode() {
            return ExitCode.REJECTED;
        }

        @Override
        public String result() {
            return "QUARANTINED";
        }

        @Override
        public String reason() {
            return record.getReason().name();
        }

        @Override
        public String detail() {
            return record.getDetail() + " " + record.getAdvice();
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }
}
