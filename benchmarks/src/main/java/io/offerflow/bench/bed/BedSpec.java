package io.offerflow.bench.bed;

import io.offerflow.bench.load.WorkloadSpec;
import java.time.Duration;

/**
 * What is the same for all subjects of a run.
 *
 * @param partitions of every topic
 * @param commitIntervalMs of every subject that commits
 * @param lingerMs of the loader
 * @param footprints whether subjects that do as the service does are among them
 * @param patience how long without any outcome means that the rest is missing
 */
public record BedSpec(WorkloadSpec workload, int partitions, int commitIntervalMs, int lingerMs, boolean footprints,
        Duration patience) {
}
