package io.offerflow.bench.harness;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.ResultTables;
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

    /** Saves and prints figures. The settings of the result are all options but files and flags, and these others. */
    protected final BenchResult save(List<Figure> figures, Map<String, ?> others) {
        Map<String, String> settings = new TreeMap<>();
        spec.options().stream().filter(option -> !(option.getValue() instanceof Optional || option.arity().max() == 0))
                .forEach(option -> settings.put(option.longestName().substring(2), option.getValue().toString()));
        others.forEach((name, value) -> settings.put(name, value.toString()));
        BenchResult result = new BenchResult(RunInfo.now(spec.name(), command(), settings), figures);
        result.write(out());
        print("%n%s", ResultTables.of(figures));
        return result;
    }
}
