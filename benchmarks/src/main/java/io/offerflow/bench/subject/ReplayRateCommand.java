package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.RoundsCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.BenchBroker;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;

/** Replays a journal that the service has just written, and checks that each replay is exact. */
@Command(name = "replay", description = "Rate of rebuild and what-if, compared with decoding and folding the same"
        + " entries in memory, and what replays cost from a snapshot. Every rebuild has to give the same state, every"
        + " what-if no difference.")
public final class ReplayRateCommand extends RoundsCommand {

    private static final long SMALL_MEMORY = 16L << 20;
    private static final double MIB = 1L << 20;

    private interface TimedReplay {
        void run() throws InterruptedException;
    }

    public ReplayRateCommand() {
        super(400_000);
    }

    @Override
    protected void measure(Path folder) throws InterruptedException {
        try (Harness harness = harness(folder, commands(), WorkloadSpec.SHORT_GAP, 100, 100, false);
                RegistryClient registry = harness.config("replay").registry()) {
            harness.loader().fill(commands());
            harness.drain(LadderSubjects.SERVICE);
            print("the service has taken %,d commands, each with its outcome", commands());
            save(replays(harness.broker(), new KafkaReplayCluster(Map.of("bootstrap.servers",
                    harness.config("replay").bootstrapServers()), registry), folder),
                    Map.of("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB"));
        }
    }

    private List<Figure> replays(BenchBroker broker, KafkaReplayCluster cluster, Path folder)
            throws InterruptedException {
        Journal journal = cluster.journal();
        HeldJournal held = new HeldJournal(journal);
        ReplayOptions options = ReplayOptions.defaults(folder.resolve("spill"));
        Rebuild.RebuildResult first = rebuild(journal, cluster, options);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("the journal", "all partitions", Figure.named("entries", held.entries(),
                "MiB", held.bytes() >> 20, "offers", first.totals().offers())));
        for (int round = 1; round <= rounds(); round++) {
            double ceiling = run(figures, "decode and fold, bytes in memory", broker, held.entries(), Double.NaN,
                    () -> same(first, rebuild(held, cluster, options)));
            run(figures, "rebuild, from the broker", broker, held.entries(), ceiling,
                    () -> same(first, rebuild(journal, cluster, options)));
            run(figures, "what-if with the same rules, from the broker", broker, held.entries(), ceiling,
                    () -> noDifference(journal, cluster, options));
        }
        figures.addAll(new SnapshotFigures(journal, cluster, options, folder.resolve("snapshots"))
                .measure(rounds(), rebuilt -> same(first, rebuilt)));
        figures.add(memory("half of the heap", options.memory(), first));
        ReplayOptions small = new ReplayOptions(options.threads(), SMALL_MEMORY, options.temporary(),
                options.progress());
        figures.add(memory("16 MiB", SMALL_MEMORY, same(first, rebuild(journal, cluster, small))));
        return figures;
    }

    /** Adds the figure of one replay; returns its rate. */
    private double run(List<Figure> figures, String name, BenchBroker broker, long entries, double ceiling,
            TimedReplay replay) throws InterruptedException {
        CpuWindow window = new CpuWindow(CpuWindow.APP).with(CpuWindow.BROKER, broker::cpu).open();
        long begun = System.nanoTime();
        replay.run();
        double perSecond = entries * 1e9 / (System.nanoTime() - begun);
        Map<String, Double> values = Figure.named("entries/s", perSecond, "of the ceiling", perSecond / ceiling);
        values.putAll(window.close().per(entries));
        figures.add(new Figure("replayed", name, values));
        print("%s", figures.getLast());
        return perSecond;
    }

    private static Rebuild.RebuildResult rebuild(Journal journal, KafkaReplayCluster cluster, ReplayOptions options)
            throws InterruptedException {
        return new Rebuild(journal, cluster.registry(), options).run(new ReplayBound.Latest(), Optional.empty());
    }

    private static Rebuild.RebuildResult same(Rebuild.RebuildResult expected, Rebuild.RebuildResult rebuilt) {
        if (!digests(rebuilt).equals(digests(expected))) {
            throw new BenchException("two rebuilds of one journal gave different states");
        }
        return rebuilt;
    }

    private static List<String> digests(Rebuild.RebuildResult result) {
        return result.parts().stream().map(Rebuild.RebuiltPartition::sha256).toList();
    }

    private static WhatIfReport noDifference(Journal journal, KafkaReplayCluster cluster, ReplayOptions options)
            throws InterruptedException {
        WhatIfReport report = new WhatIf(journal, cluster.registry(), options, "this build")
                .run(new WhatIf.WhatIfQuestion(UnaryOperator.identity(), false, 10));
        if (report.total() != 0) {
            throw new BenchException("%d decisions differ, though the rules are the same".formatted(report.total()));
        }
        return report;
    }

    private static Figure memory(String allowed, long bytes, Rebuild.RebuildResult result) {
        return new Figure("memory allowed for state", allowed, Figure.named("MiB allowed", bytes / MIB,
                "largest partition's state in memory, MiB", result.totals().peakMemory() / MIB,
                "partitions that went to disk", result.totals().spilled()));
    }

    /** A journal in memory: what a replay costs when it has nothing to fetch. */
    private static final class HeldJournal implements Journal {

        private final Map<Integer, List<JournalRecord>> partitions = new TreeMap<>();
        private final List<OffsetRange> stretches;

        /** Copies everything that another journal has now. */
        HeldJournal(Journal other) {
            stretches = List.copyOf(other.ranges());
            for (OffsetRange stretch : stretches) {
                List<JournalRecord> records = new ArrayList<>();
                other.read(stretch, records::add);
                partitions.put(stretch.partition(), records);
            }
        }

        long entries() {
            return partitions.values().stream().mapToLong(List::size).sum();
        }

        /** Bytes of all keys and values. */
        long bytes() {
            return partitions.values().stream().flatMap(List::stream).mapToLong(record ->
                    record.key().map(key -> key.length).orElse(0) + record.value().map(value -> value.length).orElse(0))
                    .sum();
        }

        @Override
        public List<OffsetRange> ranges() {
            return stretches;
        }

        @Override
        public void read(OffsetRange stretch, RecordHandler taker) {
            for (JournalRecord record : partitions.get(stretch.partition())) {
                if (record.offset() >= stretch.from() && record.offset() < stretch.to() && !taker.handle(record)) {
                    return;
                }
            }
        }
    }
}
