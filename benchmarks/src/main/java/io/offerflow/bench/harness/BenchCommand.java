package io.offerflow.bench.harness;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.ResultStore;
import io.offerflow.bench.result.RunInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that measures: it prints what it finds and saves a result. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public abstract class BenchCommand implements Callable<Integer> {

    private static final List<String> NOT_REPEATED = List.of("--out", "--folder");

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", description = "File for the result. Default: benchmarks/results/VERB.json.")
    private Optional<Path> out;

    protected final void print(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }

    protected final Path out() {
        return out.orElseGet(() -> Path.of(System.getProperty("offerflow.home", "."), "benchmarks", "results",
                spec.name() + ".json"));
    }

    /** The command line that repeats the measurement. */
    protected String command() {
        return "./offerflow bench " + Stream.concat(Stream.of(spec.name()), spec.commandLine().getParseResult()
                .matchedOptions().stream().filter(option -> !NOT_REPEATED.contains(option.longestName()))
                .map(option -> option.longestName() + " " + String.join(",", option.originalStringValues())))
                .collect(Collectors.joining(" "));
    }

    @SafeVarargs
    protected final RunInfo run(Map<String, ?>... settings) {
        Map<String, String> all = new TreeMap<>();
        for (Map<String, ?> some : settings) {
            some.forEach((name, value) -> all.put(name, value.toString()));
        }
        return RunInfo.now(spec.name(), command(), all);
    }

    protected final void save(BenchResult result) {
        ResultStore.write(out(), result);
    }
}
