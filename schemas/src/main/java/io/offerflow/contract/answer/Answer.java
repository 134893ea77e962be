package io.offerflow.contract.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.avro.Problem;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.avro.Result;
import io.offerflow.contract.json.AvroJson;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** The answer of the service to one input. */
public sealed interface Answer {

    /** The coordinates of the input. */
    RecordCoordinates cause();

    /** Whether the service accepted the input; a duplicate has the result of its first answer. */
    boolean accepted();

    /** The result in capitals. */
    String result();

    /** The reason in capitals; empty if there is none. */
    String reason();

    /** A sentence with details; may be empty. */
    String detail();

    /** The problems to fix. */
    List<Problem> problems();

    /** Number of the sent in the offer's history; 0 if there is none. */
    default long sequence() {
        return record() instanceof CommandOutcome outcome ? outcome.getSequence() : 0;
    }

    /** The whole record. */
    IndexedRecord record();

    /** Adds the answer to its JSON form. */
    default void addTo(ObjectNode target) {
        target.put("result", result()).put("reason", reason().isEmpty() ? null : reason())
                .put("detail", detail().isEmpty() ? null : detail());
        target.set("answer", AvroJson.write(record()));
    }

    /** An outcome: the input could be read. */
    record Outcome(CommandOutcome record) implements Answer {
        @Override
        public RecordCoordinates cause() {
            return RecordCoordinates.of(record.getCause());
        }

        @Override
        public boolean accepted() {
            Result result = record.getResult() == Result.DUPLICATE
                    ? Optional.ofNullable(record.getFirst()).map(FirstAnswer::getResult).orElse(Result.ACCEPTED)
                    : record.getResult();
            return result == Result.ACCEPTED;
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
        public boolean accepted() {
            return false;
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
