package io.offerflow.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./offerflow faults cluster}: eight faults, other ones with {@code -Dcluster.seed=N}. */
class ClusterRunTest {

    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("cluster.seconds", 20));
    private static final long SEED = Long.getLong("cluster.seed", 1);
    private static final int FAULTS = 8;

    @Test
    void everyPromiseIsKeptUnderFaults(@TempDir Path folder) throws InterruptedException {
        RunReport report = ClusterRun.of(new ClusterRunOptions(folder.resolve("run"), LOAD, SEED, FAULTS, 3, 2, 50,
                20, Optional.empty()), System.out::println);
        assertThat(report.trouble()).as("what went wrong with the run of seed %d", SEED).isEmpty();
        assertThat(report.violations()).as("broken promises with seed %d", SEED).isEmpty();
        assertThat(report.faults()).hasSize(FAULTS);
        assertThat(report.entries()).isGreaterThan(report.inputs());
        assertThat(folder.resolve("run")).as("the folder is removed at the end").doesNotExist();
    }
}
