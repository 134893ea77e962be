package io.offerflow.faults.run;

import io.offerflow.faults.plant.Plant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a run does.
 *
 * @param folder for all that its processes write; new, and removed at the end
 * @param time of the load
 * @param faults number of faults in this time
 * @param kinds of these faults, as far as the machine allows them
 * @param rate inputs per second
 * @param offers number of offers that the inputs are about
 * @param plant a defect of the service that the run has to find
 */
public record ClusterRunOptions(Path folder, Duration time, long seed, int faults, Set<FaultKind> kinds, int instances,
        int partitions, int rate, int offers, Optional<Plant> plant) {
}
