package io.offerflow.bench.harness;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.bench.load.WorkloadReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The outcomes that a workload has to give, by the coordinates of the inputs, and which of them were read. */
final class ExpectedOutcomes {

    /** The outcomes of one partition of an input topic, by offset. */
    private record PartitionOutcomes(List<Result> results, BitSet seen) {
    }

    private final WorkloadReader workload;
    private final int partitions;
    private final Map<TopicPartition, PartitionOutcomes> outcomes = new HashMap<>();
    private int total;
    private int seen;
    private int repeated;
    private int unexpected;
    private int different;

    ExpectedOutcomes(Path folder, int partitions) {
        this.workload = new WorkloadReader(folder);
        this.partitions = partitions;
    }

    /** Expects the outcomes of the first commands of the workload, up to this number. */
    void expectUpTo(int commands) {
        while (total < commands) {
            var command = workload.next();
            outcomes.computeIfAbsent(new TopicPartition(command.topic().topicName(), command.partition(partitions)),
                    first -> new PartitionOutcomes(new ArrayList<>(), new BitSet())).results().add(command.expected());
            total++;
        }
    }

    void reset() {
        outcomes.values().forEach(partition -> partition.seen.clear());
        seen = 0;
        repeated = 0;
        unexpected = 0;
        different = 0;
    }

    void read(CommandOutcome outcome) {
        PartitionOutcomes expected = outcomes.get(new TopicPartition(outcome.getCause().getTopic(),
                outcome.getCause().getPartition()));
        int offset = (int) outcome.getCause().getOffset();
        if (expected == null || offset >= expected.results().size()) {
            unexpected++;
        } else if (expected.seen.get(offset)) {
            repeated++;
        } else {
            expected.seen.set(offset);
            seen++;
            different += outcome.getResult() == expected.results().get(offset) ? 0 : 1;
        }
    }

    int seen() {
        return seen;
    }

    OutcomeVerdict verdict() {
        return new OutcomeVerdict(total, total - seen, repeated, unexpected, different);
    }
}
