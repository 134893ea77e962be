package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.bench.footprint.Footprint;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** Counts what a workload is made of. */
final class Tally {

    private final Map<String, Integer> commands = new TreeMap<>();
    private final Map<String, Integer> results = new TreeMap<>();
    private long count;
    private long valueBytes;
    private long reads;
    private long writes;
    private long storedBytes;
    private long records;
    private long sentBytes;

    void add(IndexedRecord envelope, int length, Result result, Footprint footprint) {
        Object payload = envelope.get(envelope.getSchema().getField("payload").pos());
        commands.merge(((IndexedRecord) payload).getSchema().getName(), 1, Integer::sum);
        results.merge(result.name(), 1, Integer::sum);
        count++;
        valueBytes += length;
        reads += footprint.reads().size();
        writes += footprint.writes().size();
        storedBytes += footprint.stored();
        records += footprint.letters().size();
        sentBytes += footprint.sent();
    }

    WorkloadSummary summary(WorkloadSpec spec) {
        return new WorkloadSummary(spec, commands, results, average(valueBytes), average(reads),
                average(writes), average(storedBytes), average(records), average(sentBytes));
    }

    private double average(long sum) {
        return Math.round(100.0 * sum / Math.max(1, count)) / 100.0;
    }
}
