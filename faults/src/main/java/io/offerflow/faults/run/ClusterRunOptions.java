package io.offerflow.faults.run;

import io.offerflow.faults.plant.Plant;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a run does.
 *
 * @param folder for all that its processes write; new, and removed at the end
 * @param kinds of faults, as far as the machine allows them
 * @param plant a defect of the service that the run has to find
 */
public record ClusterRunOptions(Path folder, RunSpec spec, Set<FaultKind> kinds, Optional<Plant> plant) {
}
