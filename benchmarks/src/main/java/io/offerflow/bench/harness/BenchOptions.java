package io.offerflow.bench.harness;

import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.FileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of all verbs with a workload. */
public final class BenchOptions {

    @Option(names = "--offers", defaultValue = "20000", description = "Number of offers that commands go to.")
    private int offers;

    @Option(names = "--partitions", defaultValue = "4", description = "Number of partitions of every topic.")
    private int partitions;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the workload.")
    private long seed;

    @Option(names = "--zipf", defaultValue = "0.99", description =
            "Exponent of the distribution of commands over offers; 0 is uniform.")
    private double zipf;

    @Option(names = "--patience", defaultValue = "60", description =
            "Seconds without any outcome after which the rest counts as missing.")
    private int patience;

    @Option(names = "--folder", description =
            "Folder for brokers, states and logs; it is kept. Default: a temporary folder, which is deleted.")
    private Optional<Path> folder;

    public Harness.HarnessSpec harness(int commands, int gap, int commitIntervalMs, int lingerMs, boolean footprints) {
        return new Harness.HarnessSpec(new WorkloadSpec(seed, commands, offers, zipf, WorkloadSpec.DUPLICATES,
                WorkloadSpec.ILLEGAL, gap), partitions, commitIntervalMs, lingerMs, footprints,
                Duration.ofSeconds(patience));
    }

    /** By name, for the result. */
    public Map<String, Object> settings() {
        return Map.of("offers", offers, "partitions", partitions, "seed", seed, "zipf", zipf);
    }

    /** The folder that was given, or a new temporary one. */
    Path workFolder() {
        return folder.map(Path::toAbsolutePath).orElseGet(() -> FileAccess.get("make a temporary folder",
                () -> Files.createTempDirectory("offerflow-bench")));
    }

    void release(Path workFolder) {
        if (folder.isEmpty()) {
            FileAccess.deleteTree(workFolder);
        }
    }
}
