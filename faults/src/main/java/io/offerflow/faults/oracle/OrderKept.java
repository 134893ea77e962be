package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.JournalInput;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.faults.history.PartitionHistory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link Promise#ORDER}. */
final class OrderKept implements Oracle {

    private final PartitionHistory history;
    private final Violations violations;
    private final Map<String, Long> taken = new HashMap<>();
    private final Map<OfferKey, Instant> clocks = new HashMap<>();

    OrderKept(PartitionHistory history, Violations violations) {
        this.history = history;
        this.violations = violations;
    }

    @Override
    public void entry(JournalStep step) {
        JournalInput input = step.entry().getInput();
        if (input != null) {
            Long before = taken.put(input.getSource().getTopic(), input.getSource().getOffset());
            if (before != null && before >= input.getSource().getOffset()) {
                violations.add("entry %d takes %s after offset %d", step.entry().getNumber(), input.getSource(),
                        before);
            }
        }
        step.transition().ifPresent(transition -> {
            Instant clock = transition.after().header().clock();
            Instant before = clocks.put(transition.after().key(), clock);
            if (before != null && clock.isBefore(before)) {
                violations.add("entry %d sets the clock of %s back to %s", step.entry().getNumber(),
                        transition.after().key(), clock);
            }
        });
    }

    @Override
    public void end(JournalFold fold) {
        Topic.outputs().stream().filter(topic -> topic != Topic.OFFER_JOURNAL).forEach(topic -> {
            EventId last = EventId.NONE;
            for (var record : history.records(topic)) {
                Optional<EventId> id = EventId.of(record);
                if (id.isEmpty() || id.get().compareTo(last) <= 0) {
                    violations.add("%s-%d@%d has event id %s after %s", topic.topicName(), record.partition(),
                            record.offset(), id.map(EventId::text).orElse("none"), last.text());
                }
                last = id.orElse(last);
            }
        });
    }
}
