package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@link Promise#ONE_ANSWER}. */
final class OneAnswer implements Oracle {

    private final PartitionHistory history;
    private final AvroDecoder decoder;
    private final Violations violations;

    OneAnswer(PartitionHistory history, AvroDecoder decoder, Violations violations) {
        this.history = history;
        this.decoder = decoder;
        this.violations = violations;
    }

    @Override
    public void end(JournalFold fold) {
        Map<Coordinates, Integer> answers = new HashMap<>();
        history.records(Topic.COMMAND_OUTCOMES).forEach(record -> answers.merge(
                ((CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value())).getCause(), 1,
                Integer::sum));
        history.records(Topic.QUARANTINE).forEach(record -> answers.merge(
                ((QuarantinedRecord) decoder.decode(Topic.QUARANTINE, record.value())).getSource(), 1, Integer::sum));
        for (Topic topic : Topic.inputs()) {
            Set<Sighting> present = new HashSet<>();
            history.records(topic).forEach(record -> {
                present.add(Sighting.of(record));
                Coordinates input = new Coordinates(record.topic(), record.partition(), record.offset());
                int count = answers.getOrDefault(input, 0);
                answers.remove(input);
                if (count != 1) {
                    violations.add("%s-%d@%d has %d answers", record.topic(), record.partition(), record.offset(),
                            count);
                }
            });
            history.acknowledged().get(topic).stream().filter(input -> !present.contains(input)).forEach(input ->
                    violations.add("%s-%d@%d was acknowledged and is not there", topic.topicName(),
                            history.partition(), input.offset()));
        }
        answers.forEach((input, count) -> violations.add("%d answers to %s, which is not there", count, input));
    }
}
