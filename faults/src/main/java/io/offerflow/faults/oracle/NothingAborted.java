package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.contract.Topic;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@link Promise#NOTHING_ABORTED}. */
final class NothingAborted implements Oracle {

    private final PartitionHistory history;
    private final Violations violations;

    NothingAborted(PartitionHistory history, Violations violations) {
        this.history = history;
        this.violations = violations;
    }

    @Override
    public void end(JournalFold fold) {
        Set<EventId> ids = new HashSet<>();
        for (Topic topic : Topic.outputs()) {
            List<Sighting> committed = history.records(topic).stream().map(Sighting::of).toList();
            List<Sighting> seen = history.seen().get(topic);
            if (!seen.equals(committed)) {
                violations.add("a reader of %s-%d saw %d records that are not the %d committed ones",
                        topic.topicName(), history.partition(), seen.size(), committed.size());
            }
            history.records(topic).forEach(record -> EventId.of(record).ifPresent(id -> {
                if (!ids.add(id) || id.partition() != history.partition() || id.number() < 1
                        || id.number() > fold.position().number()) {
                    violations.add("%s-%d@%d has event id %s, which is used or has no entry", topic.topicName(),
                            record.partition(), record.offset(), id.text());
                }
            }));
        }
    }
}
