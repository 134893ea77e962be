package io.offerflow.bench.scale;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes the tables of docs/capacity.md anew from the saved results. */
@Command(name = "capacity", description = "Writes the tables of docs/capacity.md from benchmarks/results.",
        mixinStandardHelpOptions = true)
public final class CapacityCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Path home = Path.of(System.getProperty("offerflow.home", "."));
        new CapacityDocument(home.resolve("docs/capacity.md"), home.resolve("benchmarks/results")).renew();
        return 0;
    }
}
