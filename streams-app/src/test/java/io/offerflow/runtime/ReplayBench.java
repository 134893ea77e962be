package io.offerflow.runtime;

import com.sun.management.OperatingSystemMXBean;
import io.offerflow.Workload;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.replay.Journal;
import io.offerflow.replay.KafkaJournal;
import io.offerflow.replay.MemoryJournal;
import io.offerflow.replay.Rebuild;
import io.offerflow.replay.ReplayOptions;
import io.offerflow.replay.Until;
import io.offerflow.replay.Verify;
import io.offerflow.replay.WhatIf;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Measures replays of a journal that a fleet has just written, and checks that they are exact: arguments are the number
 * of inputs and of offers. docs/replay.md has the command and the figures.
 */
public final class ReplayBench {

    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 15;
    private static final int CORES = 2;

    private ReplayBench() {
    }

    public static void main(String[] arguments) throws Exception {
        int inputs = Integer.parseInt(arguments[0]);
        int offers = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("offerflow-replay-bench");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(PARTITIONS);
            fill(sandbox, folder, inputs, offers);
            try (RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()))) {
                measure(new SandboxReplay(sandbox, registry), folder);
            }
        }
    }

    /** Inputs come in while instances come and go. */
    private static void fill(Sandbox sandbox, Path folder, int inputs, int offers) throws Exception {
        Workload workload = new Workload(1, offers);
        long begun = System.nanoTime();
        try (Wire wire = new Wire(sandbox, PARTITIONS); Fleet fleet = new Fleet(sandbox, folder, "offerflow", Map.of())) {
            for (int sent = 0; sent < inputs; sent++) {
                if (sent % 500 == 499) {
                    wire.send(Topic.STEP_RESULTS, "contoso/offer-0".getBytes(StandardCharsets.UTF_8), new byte[] {1});
                } else {
                    wire.send(workload.next());
                }
                if (sent == inputs / 5 || sent == inputs * 2 / 5 || sent == inputs * 4 / 5) {
                    fleet.join();
                }
                if (sent == inputs * 3 / 5) {
                    fleet.leave();
                }
            }
            wire.flush();
            fleet.awaitAllTaken();
        }
        System.out.printf("%,d inputs for %,d offers taken in %.0f s%n", inputs, offers, seconds(begun));
    }

    private static void measure(SandboxReplay cluster, Path folder) throws Exception {
        ReplayOptions options = ReplayOptions.defaults(folder.resolve("spill"));
        Verify.Result verified = new Verify(cluster, options, "offerflow").run();
        System.out.printf("verify: %,d offers, %d differ%n", verified.offers(), verified.findings().size());
        KafkaJournal kafka = new KafkaJournal(cluster::consumer);
        MemoryJournal memory = MemoryJournal.copyOf(kafka);
        System.out.printf("journal: %,d entries, %,d MiB%n", memory.size(), memory.bytes() >> 20);
        List<Double> ceiling = new ArrayList<>();
        List<Double> rebuild = new ArrayList<>();
        List<Double> whatIf = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ceiling.add(rate(memory.size(), () -> rebuilt(memory, cluster, options, verified)));
            rebuild.add(rate(memory.size(), () -> rebuilt(kafka, cluster, options, verified)));
            whatIf.add(rate(memory.size(), () -> judged(kafka, cluster, options)));
        }
        double top = median(ceiling);
        System.out.printf("decode + fold of bytes in memory: %,.0f entries/s %s%n", top, ceiling);
        System.out.printf("rebuild from the broker:          %,.0f entries/s, %.2f of it %s%n", median(rebuild),
                median(rebuild) / top, rebuild);
        System.out.printf("what-if from the broker:          %,.0f entries/s %s%n", median(whatIf), whatIf);
        Rebuild.Result small = new Rebuild(kafka, cluster.registry(), new ReplayOptions(options.threads(), 16L << 20,
                options.temporary(), options.progress())).run(new Until.Latest(), Optional.empty());
        System.out.printf("rebuild within 16 MiB: same %s, %d partitions on disk, at most %,d KiB a partition; with %,d "
                + "MiB allowed: %,d KiB%n", small.parts().stream().map(Rebuild.Part::sha256).toList().equals(
                        verified.parts().stream().map(Rebuild.Part::sha256).toList()), small.totals().spilled(),
                small.totals().heaviest() >> 10, options.memory() >> 20, verified.parts().stream().mapToLong(part ->
                        part.totals().heaviest()).max().orElse(0) >> 10);
    }

    private static Boolean rebuilt(Journal journal, SandboxReplay cluster, ReplayOptions options, Verify.Result verified)
            throws InterruptedException {
        List<String> digests = new Rebuild(journal, cluster.registry(), options).run(new Until.Latest(),
                Optional.empty()).parts().stream().map(Rebuild.Part::sha256).toList();
        return digests.equals(verified.parts().stream().map(Rebuild.Part::sha256).toList());
    }

    private static Boolean judged(Journal journal, SandboxReplay cluster, ReplayOptions options)
            throws InterruptedException {
        return new WhatIf(journal, cluster.registry(), options, "development")
                .ask(new WhatIf.Question(UnaryOperator.identity(), false, 10)).total() == 0;
    }

    /**
     * What two cores would do that have nothing else to do: by the processor time of this process, broker included, and
     * not by the clock, so that others on the machine do not count.
     */
    private static double rate(long entries, Callable<Boolean> work) throws Exception {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long begun = System.nanoTime();
        long used = process.getProcessCpuTime();
        if (!work.call()) {
            throw new IllegalStateException("the replay is not what the service did");
        }
        double cpu = (process.getProcessCpuTime() - used) / 1e9;
        System.out.printf("  %,d entries in %.1f s by the clock, %.1f s of processors%n", entries, seconds(begun), cpu);
        return Math.floor(entries / cpu * CORES);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
