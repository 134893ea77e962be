package io.offerflow.bench.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a forked process needs to know; handed to its JVM as arguments {@code key=value}.
 *
 * @param bootstrapServers of the broker that has or will have the workload on its input topics
 * @param partitions of every topic
 * @param workload folder with the files of the workload
 * @param scratch folder for state and logs of this run
 * @param run unique name of this run, for groups and transactions
 * @param more arguments of a particular process
 */
public record SubjectConfig(String bootstrapServers, String registryUrl, int partitions, Path workload, Path scratch,
        String run, int commitIntervalMs, Map<String, String> more) {

    /** The same with one more argument. */
    public SubjectConfig with(String name, Object value) {
        return with(Map.of(name, value.toString()));
    }

    public SubjectConfig with(Map<String, String> arguments) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(arguments);
        return new SubjectConfig(bootstrapServers, registryUrl, partitions, workload, scratch, run, commitIntervalMs,
                all);
    }

    List<String> arguments() {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(Map.of("bootstrap.servers", bootstrapServers, "registry.url", registryUrl, "partitions", partitions,
                "workload", workload, "scratch", scratch, "run", run, "commit.interval.ms", commitIntervalMs));
        return all.entrySet().stream().map(argument -> argument.getKey() + "=" + argument.getValue()).toList();
    }

    /** From the arguments of a JVM. */
    public static SubjectConfig of(String[] arguments) {
        Map<String, String> given = settings(arguments);
        return new SubjectConfig(given.remove("bootstrap.servers"), given.remove("registry.url"),
                Integer.parseInt(given.remove("partitions")), Path.of(given.remove("workload")),
                Path.of(given.remove("scratch")), given.remove("run"),
                Integer.parseInt(given.remove("commit.interval.ms")), given);
    }

    /** Arguments by name. */
    public static Map<String, String> settings(String[] arguments) {
        return new HashMap<>(Arrays.stream(arguments).map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(argument -> argument[0], argument -> argument[1])));
    }
}
