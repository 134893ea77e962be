package io.offerflow.bench.harness;

import io.offerflow.bench.harness.Harness.HarnessSpec;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.FileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A verb that measures a workload in a separate folder. */
public abstract class HarnessCommand extends BenchCommand {

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

    /** A harness for a number of commands, and the options. */
    protected final Harness harness(Path work, int commands, int gap, int commitIntervalMs, int lingerMs,
            boolean footprints) throws InterruptedException {
        return new Harness(new HarnessSpec(new WorkloadSpec(seed, commands, offers, zipf,
                WorkloadSpec.DUPLICATES, WorkloadSpec.ILLEGAL, gap), partitions, commitIntervalMs, lingerMs, footprints,
                Duration.ofSeconds(patience)), work);
    }

    @Override
    public final Integer call() throws InterruptedException {
        Path work = folder.map(Path::toAbsolutePath).orElseGet(() -> FileAccess.get("make a temporary folder",
                () -> Files.createTempDirectory("offerflow-bench")));
        try {
            measure(work);
        } finally {
            if (folder.isEmpty()) {
                FileAccess.deleteTree(work);
            }
        }
        return 0;
    }

    /** Measures in a folder for brokers, states and logs. */
    protected abstract void measure(Path work) throws InterruptedException;
}
