package io.offerflow.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./offerflow faults cluster}: eight faults; {@code -Dcluster.seed=N} changes their order. */
class ClusterRunTest {

    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("cluster.seconds", 20));
    private static final long SEED = Long.getLong("cluster.seed", 1);
    private static final Set<FaultKind> KINDS = EnumSet.of(FaultKind.INSTANCE_KILLED, FaultKind.TWO_KILLED,
            FaultKind.INSTANCE_PAUSED, FaultKind.BROKER_KILLED, FaultKind.NETWORK_CUT, FaultKind.COMMITS_HELD,
            FaultKind.REGISTRY_AWAY, FaultKind.POISON);

    @Test
    void everyPromiseIsKeptUnderFaults(@TempDir Path folder) throws InterruptedException {
        RunSpec spec = new RunSpec(LOAD.toMillis() / 60_000.0, SEED, KINDS.size(), 3, 2, 50, 20, false);
        RunReport report = ClusterRun.of(new ClusterRunOptions(folder.resolve("run"), spec, KINDS, Optional.empty()),
                System.out::println);
        assertThat(report.trouble()).as("what went wrong with the run of seed %d", SEED).isEmpty();
        assertThat(report.violations()).as("broken promises with seed %d", SEED).isEmpty();
        assertThat(report.faults()).hasSameSizeAs(KINDS);
        assertThat(report.entries()).isGreaterThan(report.inputs());
        assertThat(folder.resolve("run")).as("the folder is removed at the end").doesNotExist();
    }
}
