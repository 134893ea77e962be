package io.offerflow.bench.recovery;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.table.ResultTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the service under load, with its state kept and with its state wiped. */
@Command(name = "recovery", description = "Time from a kill -9 to the next outcome, with state kept and wiped.",
        mixinStandardHelpOptions = true)
public final class RecoveryCommand extends HarnessCommand {

    @Option(names = "--kills", defaultValue = "10", description =
            "Number of kills with state kept. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--wipes", defaultValue = "3", description =
            "Number of kills with state wiped. Default: ${DEFAULT-VALUE}.")
    private int wipes;

    @Option(names = "--rate", defaultValue = "1000", description =
            "Commands per second around each kill. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description =
            "Duration of the load around each kill. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "200000", description =
            "Number of commands before the first kill, which make the state. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    protected void measure(Path folder) throws InterruptedException {
        int commands = warmUp + (kills + wipes) * rate * seconds;
        List<RecoverySample> samples = new ArrayList<>();
        try (Harness harness = new Harness(options().harness(commands, Math.max(WorkloadSpec.SHORT_GAP, rate / 4), 100,
                2, false), folder)) {
            harness.loader().fill(warmUp);
            try (KillTarget target = new KillTarget(harness, warmUp)) {
                for (int round = 1; round <= kills + wipes; round++) {
                    samples.add(target.kill(round > kills, round > kills ? round - kills : round, rate, seconds));
                    print("%s", samples.getLast());
                }
            }
            BenchResult result = BenchResult.ofRecoveries(run(List.of(options().settings(), Map.of(
                    "commands a second", rate, "commands before", warmUp, "commit interval", "100 ms"))), samples);
            save(result);
            print("%s", ResultTables.recovery(result));
        }
    }
}
