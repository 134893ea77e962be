package io.offerflow.bench.harness;

import io.offerflow.bench.result.WorkloadSpec;
import java.time.Duration;

/**
 * What all subjects of a measurement have in common.
 *
 * @param partitions of every topic
 * @param lingerMs of the loader
 * @param footprints whether some subjects need the footprints of commands
 * @param patience time without any outcome after which the rest counts as missing
 */
public record HarnessSpec(WorkloadSpec workload, int partitions, int commitIntervalMs, int lingerMs,
        boolean footprints, Duration patience) {
}
