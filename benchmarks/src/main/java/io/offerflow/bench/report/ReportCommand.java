package io.offerflow.bench.report;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the tables of docs/performance.md again. */
@Command(name = "report", description = "Writes the tables of docs/performance.md from saved results.",
        mixinStandardHelpOptions = true, showDefaultValues = true)
public class ReportCommand implements Callable<Integer> {

    private static final Path HOME = Path.of(System.getProperty("offerflow.home", "."));

    @Option(names = "--results", description = "Folder of the saved results.")
    private Path results = HOME.resolve("benchmarks").resolve("results");

    @Option(names = "--docs", description = "Folder of the document.")
    private Path docs = HOME.resolve("docs");

    String document() {
        return "performance.md";
    }

    @Override
    public Integer call() {
        new ReportDocuments(results).renew(docs.resolve(document()));
        return 0;
    }

    /** Writes the tables of docs/capacity.md again. */
    @Command(name = "capacity", description = "Writes the tables of docs/capacity.md from saved results.")
    public static final class CapacityCommand extends ReportCommand {

        @Override
        String document() {
            return "capacity.md";
        }
    }
}
