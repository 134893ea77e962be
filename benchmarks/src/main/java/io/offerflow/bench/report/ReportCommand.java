package io.offerflow.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the document anew. */
@Command(name = "report", description = "Makes docs/performance.md and its plots of the saved results.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--results", description = "Folder of saved results. Default: benchmarks/results.")
    private Optional<Path> results;

    @Option(names = "--docs", description = "Folder of the document. Default: docs.")
    private Optional<Path> docs;

    @Override
    public Integer call() throws IOException {
        Path home = Path.of(System.getProperty("offerflow.home", "."));
        Path to = docs.orElse(home.resolve("docs"));
        Files.createDirectories(to);
        for (Map.Entry<String, String> file : PerformanceDocument.files(
                results.orElse(home.resolve("benchmarks").resolve("results"))).entrySet()) {
            Files.writeString(to.resolve(file.getKey()), file.getValue());
            spec.commandLine().getOut().println("wrote " + file.getKey());
        }
        return 0;
    }
}
