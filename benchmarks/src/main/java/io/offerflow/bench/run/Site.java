package io.offerflow.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a subject is set to work; handed to its JVM as arguments {@code key=value}.
 *
 * @param bootstrapServers of the broker, whose input topics hold the workload or will
 * @param registryUrl of the schema registry
 * @param partitions of every topic
 * @param workload the folder with the workload's files
 * @param scratch a folder of this run's own, for state and logs
 * @param run a name that no other run has, for groups and transactions
 * @param commitIntervalMs between commits
 */
public record Site(String bootstrapServers, String registryUrl, int partitions, Path workload, Path scratch, String run,
        int commitIntervalMs) {

    /** As arguments of a JVM. */
    public List<String> arguments() {
        return new ArrayList<>(List.of("bootstrap.servers=" + bootstrapServers, "registry.url=" + registryUrl,
                "partitions=" + partitions, "workload=" + workload, "scratch=" + scratch, "run=" + run,
                "commit.interval.ms=" + commitIntervalMs));
    }

    /** From the arguments of a JVM. */
    public static Site of(String[] arguments) {
        Map<String, String> given = settings(arguments);
        return new Site(given.get("bootstrap.servers"), given.get("registry.url"),
                Integer.parseInt(given.get("partitions")), Path.of(given.get("workload")),
                Path.of(given.get("scratch")), given.get("run"), Integer.parseInt(given.get("commit.interval.ms")));
    }

    /** All arguments, those of a subject's own too. */
    public static Map<String, String> settings(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return given;
    }
}
