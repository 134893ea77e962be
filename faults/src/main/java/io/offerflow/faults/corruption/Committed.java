package io.offerflow.faults.corruption;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Policy;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.load.Histories;
import io.offerflow.faults.oracle.Oracles;
import io.offerflow.faults.oracle.Promise;
import io.offerflow.faults.oracle.Violation;
import io.offerflow.runtime.StoreFiles;
import io.offerflow.topology.OfferTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;

/**
 * All that a service has committed, after it has stopped, and the files of its stores.
 *
 * @param readable whether all topics could be read
 * @param seen what readers said
 */
record Committed(boolean readable, List<SeenLine> seen, List<Violation> violations) {

    static final Committed NOT_CHECKED = new Committed(true, List.of(), List.of());

    /** Reads and checks it. */
    static Committed check(SmallCluster cluster, RunFiles files, SchemaRegistry registry, Load load, Policy policy) {
        List<SeenLine> seen = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        try (Histories histories = new Histories(cluster.bootstrapServers(), files.applicationId())) {
            for (int partition = 0; partition < load.partitions(); partition++) {
                PartitionHistory history = histories.of(partition, load.seen(), load.acknowledged());
                violations.addAll(Oracles.check(history, registry, policy));
                stores(files, history, seen, violations);
            }
            return new Committed(true, seen, violations);
        } catch (KafkaException e) {
            return new Committed(false, List.of(new SeenLine("a reader",
                    Optional.ofNullable(e.getCause()).orElse(e).getMessage())), violations);
        }
    }

    /** The rows on disk are those of the changelog. */
    private static void stores(RunFiles files, PartitionHistory history, List<SeenLine> seen,
            List<Violation> violations) {
        for (String store : OfferTopology.stores()) {
            try {
                NavigableMap<Bytes, byte[]> rows = new TreeMap<>();
                StoreFiles.rows(files.store(history.partition(), store)).forEach((key, value) ->
                        rows.put(Bytes.wrap(key), value));
                if (!equal(rows, history.stores().get(store))) {
                    violations.add(new Violation(Promise.STATE_IS_FOLD, history.partition(),
                            "the files of store %s have other rows than its changelog".formatted(store)));
                }
            } catch (IllegalStateException e) { // the service has not read it
                seen.add(new SeenLine("a reader of the store", e.getCause().getMessage()));
            }
        }
    }

    private static boolean equal(Map<Bytes, byte[]> some, Map<Bytes, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream().allMatch(row -> Bytes.wrap(row.getValue()).equals(
                        Bytes.wrap(others.get(row.getKey()))));
    }
}
