package io.offerflow.bench.harness;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** A verb that measures a workload in a folder of its own. */
public abstract class HarnessCommand extends BenchCommand {

    @Mixin
    private BenchOptions options;

    protected final BenchOptions options() {
        return options;
    }

    @Override
    public final Integer call() throws InterruptedException {
        Path folder = options.workFolder();
        try {
            measure(folder);
        } finally {
            options.release(folder);
        }
        return 0;
    }

    protected abstract void measure(Path folder) throws InterruptedException;
}
