package io.offerflow.bench.report;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes docs/performance.md again. */
@Command(name = "report", description = "Writes the tables of docs/performance.md from saved results.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    private static final Path HOME = Path.of(System.getProperty("offerflow.home", "."));

    @Option(names = "--results", description = "Folder of the saved results. Default: benchmarks/results.")
    private Path results = HOME.resolve("benchmarks").resolve("results");

    @Option(names = "--docs", description = "Folder of the document. Default: docs.")
    private Path docs = HOME.resolve("docs");

    @Override
    public Integer call() {
        new ReportDocuments(results).renew(docs.resolve(ReportDocuments.PERFORMANCE));
        return 0;
    }

    /** Writes the tables of docs/capacity.md again. */
    @Command(name = "capacity", description = "Writes the tables of docs/capacity.md from benchmarks/results.",
            mixinStandardHelpOptions = true)
    public static final class CapacityCommand implements Callable<Integer> {

        @Override
        public Integer call() {
            new ReportDocuments(HOME.resolve("benchmarks").resolve("results"))
                    .renew(HOME.resolve("docs").resolve(ReportDocuments.CAPACITY));
            return 0;
        }
    }
}
