package io.offerflow.bench.peer;

import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.LadderTable;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.subject.Rungs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The service and the peer in turns, on one broker, with the same commands and the same checks. */
@Command(name = "peer", description = "The service beside the same rules on a plain consumer and PostgreSQL, in turns.",
        mixinStandardHelpOptions = true)
public final class PeerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--commands", defaultValue = "200000", description = "In each run. Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Pairs of runs. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--batch", defaultValue = "2000",
            description = "Most commands in one transaction of the peer. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Override
    public Integer call() throws InterruptedException {
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Subject> subjects = List.of(Rungs.SERVICE, new PeerSubject(batch));
        List<Sample> samples = new ArrayList<>();
        try (Bed bed = Bed.open(common.bed(commands, WorkloadSpec.SHORT_GAP, 100, 100, false), folder)) {
            bed.loader().fill(commands);
            for (int round = 1; round <= rounds; round++) {
                for (Subject subject : subjects) {
                    samples.add(bed.drain(subject, round));
                    out.println(LadderTable.line(samples.getLast()));
                    out.flush();
                }
            }
            Result result = new Result("peer", LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(),
                    "./offerflow bench peer --commands %d --rounds %d --batch %d".formatted(commands, rounds, batch),
                    settings(), Optional.of(bed.workload()), samples, List.of(), List.of());
            ResultFile.write(common.out("peer"), result);
            Ratio ratio = Ratio.of(result, "service", "peer");
            out.println(LadderTable.of(result));
            out.printf(Locale.ROOT, "The service takes %.1f times as many commands a second as the peer (%.1f to %.1f in "
                    + "single rounds), at %.2f of its processor time.%n", ratio.rate().median(), ratio.rate().min(),
                    ratio.rate().max(), ratio.cpu().median());
            out.flush();
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(common.settings());
        settings.put("commands", "" + commands);
        settings.put("rounds", "" + rounds);
        settings.put("peer's batch", batch + " commands");
        settings.put("PostgreSQL", PostgresServer.installedVersion());
        settings.put("commit interval of the service", "100 ms");
        settings.put("heap of each subject", "1 GiB");
        return settings;
    }
}
