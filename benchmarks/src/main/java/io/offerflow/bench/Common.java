package io.offerflow.bench;

import io.offerflow.bench.bed.BedSpec;
import io.offerflow.bench.load.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that all verbs with a workload have. */
public final class Common {

    @Option(names = "--offers", defaultValue = "20000", description =
            "Offers that commands go to. Default: ${DEFAULT-VALUE}.")
    private int offers;

    @Option(names = "--partitions", defaultValue = "4", description = "Of every topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--seed", defaultValue = "1", description = "Of the workload. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--zipf", defaultValue = "0.99", description =
            "How uneven offers are hit; 0 is even. Default: ${DEFAULT-VALUE}.")
    private double zipf;

    @Option(names = "--patience", defaultValue = "60", description =
            "Seconds without any outcome after which the rest is missing. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(names = "--out", description = "File for the result. Default: benchmarks/results/VERB.json.")
    private Optional<Path> out;

    @Option(names = "--folder", description = "For brokers, states and logs, kept. Default: a temporary one, deleted.")
    private Optional<Path> folder;

    /** Something that needs a folder. */
    @FunctionalInterface
    public interface Work {
        void in(Path folder) throws InterruptedException;
    }

    public BedSpec bed(int commands, int gap, int commitIntervalMs, int lingerMs, boolean footprints) {
        return new BedSpec(new WorkloadSpec(seed, commands, offers, zipf, WorkloadSpec.DUPLICATES,
                WorkloadSpec.ILLEGAL, gap), partitions, commitIntervalMs,
                lingerMs, footprints, Duration.ofSeconds(patience));
    }

    public Path out(String verb) {
        return out.orElseGet(() -> Path.of(System.getProperty("offerflow.home", "."), "benchmarks", "results",
                verb + ".json"));
    }

    /** How to get the same again, wherever its files go. */
    public String command(CommandSpec verb) {
        StringBuilder command = new StringBuilder("./offerflow bench ").append(verb.name());
        verb.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !option.longestName().equals("--out") && !option.longestName().equals("--folder"))
                .forEach(option -> command.append(' ').append(option.longestName()).append(' ')
                        .append(String.join(",", option.originalStringValues())));
        return command.toString();
    }

    /** By name, for the result. */
    public Map<String, String> settings() {
        return new TreeMap<>(Map.of("offers", "" + offers, "partitions", "" + partitions, "seed", "" + seed,
                "zipf", "" + zipf));
    }

    /** Works in the folder that was asked for, or in one that is gone afterwards. */
    public void work(Work work) throws InterruptedException {
        if (folder.isPresent()) {
            work.in(folder.get().toAbsolutePath());
            return;
        }
        try {
            Path temporary = Files.createTempDirectory("offerflow-bench");
            try {
                work.in(temporary);
            } finally {
                delete(temporary);
            }
        } catch (IOException e) {
            throw new BenchException("cannot make or delete a temporary folder: " + e, e);
        }
    }

    /** Deletes a folder and what is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
