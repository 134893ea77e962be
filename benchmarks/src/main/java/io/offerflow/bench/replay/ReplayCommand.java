package io.offerflow.bench.replay;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.FigureTables;
import io.offerflow.bench.result.Figures.Figure;
import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Spread;
import io.offerflow.bench.run.Broker;
import io.offerflow.bench.run.Cpu;
import io.offerflow.bench.subject.Rungs;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays of a journal that the service has just written, each checked to be exact, beside their ceiling. */
@Command(name = "replay", description = "Rate of rebuild and what-if, beside decoding and folding the same entries as"
        + " bytes in memory; every rebuild has to give the same state, every what-if nothing that differs.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final String CEILING = "decode and fold, bytes in memory";
    private static final String REBUILD = "rebuild, from the broker";
    private static final String WHAT_IF = "what-if with the same rules, from the broker";
    private static final long NARROW = 16L << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--commands", defaultValue = "400000", description = "In the journal. Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Of each, in turns. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    /** What one run took. */
    private record Run(double perSecond, double appMicros, double brokerMicros) {
    }

    @Override
    public Integer call() throws InterruptedException {
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        try (Bed bed = Bed.open(common.bed(commands, WorkloadSpec.SHORT_GAP, 100, 100, false), folder);
                RegistryClient registry = new RegistryClient(RegistryOptions.at(bed.broker().registryUrl()))) {
            bed.loader().fill(commands);
            bed.drain(Rungs.SERVICE, 1);
            say("the service has taken %,d commands, each with its outcome", commands);
            List<Figure> figures = replays(bed.broker(), new KafkaReplayCluster(
                    Map.of("bootstrap.servers", bed.broker().bootstrapServers()), registry), folder);
            Map<String, String> settings = new TreeMap<>(common.settings());
            settings.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
            Figures result = Figures.now("replay", "./offerflow bench replay --commands %d --rounds %d".formatted(commands,
                    rounds), settings, figures);
            ResultFile.write(common.out("replay"), result);
            say("%n%s", FigureTables.of(result));
        }
    }

    private List<Figure> replays(Broker broker, KafkaReplayCluster cluster, Path folder) throws InterruptedException {
        Journal journal = cluster.journal();
        HeldJournal held = HeldJournal.copyOf(journal);
        ReplayOptions options = ReplayOptions.defaults(folder.resolve("spill"));
        Rebuild.RebuildResult first = rebuild(journal, cluster, options);
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            run(runs, CEILING, broker, held.entries(), () -> same(first, rebuild(held, cluster, options)));
            run(runs, REBUILD, broker, held.entries(), () -> same(first, rebuild(journal, cluster, options)));
            run(runs, WHAT_IF, broker, held.entries(), () -> nothing(whatIf(journal, cluster, options)));
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("the journal", "all partitions", values("entries", (double) held.entries(), "MiB",
                (double) (held.bytes() >> 20), "offers", (double) first.totals().offers())));
        double ceiling = Spread.of(runs.get(CEILING).stream().map(Run::perSecond).toList()).median();
        runs.forEach((name, each) -> figures.add(figure(name, each, ceiling)));
        figures.add(memory("half of the heap", options.memory(), first));
        ReplayOptions narrow = new ReplayOptions(options.threads(), NARROW, options.temporary(), options.progress());
        figures.add(memory("16 MiB", NARROW, same(first, rebuild(journal, cluster, narrow))));
        return figures;
    }

    private void run(Map<String, List<Run>> runs, String name, Broker broker, long entries, Callable<?> replay) {
        try {
            double app = micros(Cpu.of(ProcessHandle.current()).toNanos());
            double brokers = micros(broker.cpu().toNanos());
            long begun = System.nanoTime();
            replay.call();
            double seconds = (System.nanoTime() - begun) / 1e9;
            Run run = new Run(entries / seconds, (micros(Cpu.of(ProcessHandle.current()).toNanos()) - app) / entries,
                    (micros(broker.cpu().toNanos()) - brokers) / entries);
            runs.computeIfAbsent(name, first -> new ArrayList<>()).add(run);
            say("%-50s %,9.0f entries/s", name, run.perSecond());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BenchException(name + " was interrupted", e);
        }
    }

    private static double micros(long nanos) {
        return nanos / 1000.0;
    }

    private static Rebuild.RebuildResult rebuild(Journal journal, KafkaReplayCluster cluster, ReplayOptions options)
            throws InterruptedException {
        return new Rebuild(journal, cluster.registry(), options).run(new ReplayBound.Latest(), Optional.empty());
    }

    private static Rebuild.RebuildResult same(Rebuild.RebuildResult expected, Rebuild.RebuildResult met) {
        if (!digests(met).equals(digests(expected))) {
            throw new BenchException("two rebuilds of one journal gave different states");
        }
        return met;
    }

    private static List<String> digests(Rebuild.RebuildResult result) {
        return result.parts().stream().map(Rebuild.RebuiltPartition::sha256).toList();
    }

    private static WhatIfReport whatIf(Journal journal, KafkaReplayCluster cluster, ReplayOptions options)
            throws InterruptedException {
        return new WhatIf(journal, cluster.registry(), options, "this build")
                .run(new WhatIf.WhatIfQuestion(UnaryOperator.identity(), false, 10));
    }

    private static WhatIfReport nothing(WhatIfReport report) {
        if (report.total() != 0) {
            throw new BenchException("%d decisions differ, though the rules are the same".formatted(report.total()));
        }
        return report;
    }

    private static Figure figure(String name, List<Run> runs, double ceiling) {
        Spread rate = Spread.of(runs.stream().map(Run::perSecond).toList());
        return new Figure("replayed", name, values("entries/s, median", rate.median(), "min", rate.min(), "max",
                rate.max(), "of the ceiling", rate.median() / ceiling,
                "replay, µs of processors an entry", Spread.of(runs.stream().map(Run::appMicros).toList()).median(),
                "broker, µs", Spread.of(runs.stream().map(Run::brokerMicros).toList()).median()));
    }

    private static Figure memory(String allowed, long bytes, Rebuild.RebuildResult result) {
        return new Figure("memory allowed for state", allowed, values("MiB allowed", bytes / (double) (1L << 20),
                "largest partition's state in memory, MiB", result.totals().peakMemory() / (double) (1L << 20),
                "partitions that went to disk", (double) result.totals().spilled()));
    }

    private static Map<String, Double> values(Object... pairs) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], (Double) pairs[i + 1]);
        }
        return values;
    }

    private void say(String text, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(text + "%n", values);
        out.flush();
    }
}
