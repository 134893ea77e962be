package io.offerflow.bench.check;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.contract.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** The outcomes that have to come, by the coordinates of their inputs, and which of them have come. */
final class Expected {

    /** What lies in one partition of an input topic. */
    private static final class Lane {
        private byte[] results = new byte[1024];
        private int size;
        private final BitSet seen = new BitSet();

        void add(byte result) {
            results = size == results.length ? Arrays.copyOf(results, 2 * size) : results;
            results[size++] = result;
        }
    }

    private final WorkloadFile.Reader workload;
    private final int partitions;
    private final Map<String, Lane[]> lanes = new HashMap<>();
    private int total;
    private int seen;
    private int repeated;
    private int strange;
    private int different;

    Expected(Path folder, int partitions) {
        this.workload = new WorkloadFile.Reader(folder);
        this.partitions = partitions;
        for (Topic topic : Topic.inputs()) {
            Lane[] each = new Lane[partitions];
            Arrays.setAll(each, partition -> new Lane());
            lanes.put(topic.topicName(), each);
        }
    }

    /** Expects outcomes of the first so many commands of the workload. */
    void upTo(int commands) {
        while (total < commands) {
            Item item = workload.next().orElseThrow(() -> new IllegalStateException("the workload is at its end"));
            lanes.get(item.topic().topicName())[Utils.toPositive(Utils.murmur2(item.key())) % partitions]
                    .add((byte) item.expected().ordinal());
            total++;
        }
    }

    /** Nothing has come yet. */
    void forget() {
        lanes.values().forEach(each -> Arrays.stream(each).forEach(lane -> lane.seen.clear()));
        seen = 0;
        repeated = 0;
        strange = 0;
        different = 0;
    }

    void came(CommandOutcome outcome) {
        Lane[] each = lanes.get(outcome.getCause().getTopic());
        Lane lane = each == null ? null : each[outcome.getCause().getPartition()];
        int offset = (int) outcome.getCause().getOffset();
        if (lane == null || offset >= lane.size) {
            strange++;
        } else if (lane.seen.get(offset)) {
            repeated++;
        } else {
            lane.seen.set(offset);
            seen++;
            different += outcome.getResult().ordinal() == lane.results[offset] ? 0 : 1;
        }
    }

    int seen() {
        return seen;
    }

    Verdict verdict() {
        return new Verdict(total, total - seen, repeated, strange, different);
    }
}
