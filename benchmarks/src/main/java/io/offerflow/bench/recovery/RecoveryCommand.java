package io.offerflow.bench.recovery;

import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.RecoveryTable;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills the service under load, again and again, with its state kept and with its state wiped. */
@Command(name = "recovery", description = "From a kill -9 to the next committed outcome, with state kept and wiped.",
        mixinStandardHelpOptions = true)
public final class RecoveryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--kills", defaultValue = "10", description = "With state kept. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--wipes", defaultValue = "3", description = "Kills with state wiped. Default: ${DEFAULT-VALUE}.")
    private int wipes;

    @Option(names = "--rate", defaultValue = "1000", description =
            "Commands a second meanwhile. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description =
            "Of load around each kill. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "200000", description =
            "Commands before, which the state is made of. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    public Integer call() throws InterruptedException {
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        int commands = warmUp + (kills + wipes) * rate * seconds;
        int gap = Math.max(WorkloadSpec.SHORT_GAP, rate / 4);
        List<RecoverySample> samples = new ArrayList<>();
        try (Bed bed = Bed.open(common.bed(commands, gap, 100, 2, false), folder)) {
            bed.loader().fill(warmUp);
            try (Victim victim = new Victim(bed, warmUp)) {
                for (int round = 1; round <= kills + wipes; round++) {
                    samples.add(victim.kill(round > kills, round > kills ? round - kills : round, rate, seconds));
                    out.println(samples.getLast());
                    out.flush();
                }
            }
            Map<String, String> settings = new TreeMap<>(common.settings());
            settings.putAll(Map.of("commands a second", "" + rate, "commands before", "" + warmUp,
                    "commit interval", "100 ms"));
            Result result = new Result("recovery", LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(),
                    common.command(spec), settings,
                    Optional.empty(), List.of(), List.of(), samples);
            ResultFile.write(common.out("recovery"), result);
            out.println(RecoveryTable.of(result));
            out.flush();
        }
    }
}
