package io.offerflow.bench.report;

import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says by how much a new result differs from a saved one. */
@Command(name = "compare", description = "Ratios of a new result to a saved one.", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SAVED.json", description = "What is compared with.")
    private Path saved;

    @Parameters(paramLabel = "NEW.json", description = "What is compared.")
    private Path fresh;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Comparison.of(ResultFile.read(saved, Result.class),
                ResultFile.read(fresh, Result.class)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
