package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.load.InMemoryOffers;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.CpuUse;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.codec.InputMapping;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The subject that needs no broker, {@code decide} and {@code apply} on offers in memory, on one thread: its start, and
 * the main class of its process.
 */
public final class DecideProcess {

    public static final String NAME = "decide";

    private static final String COMMANDS = "commands";
    private static final int CHUNK = 10_000;

    private final InMemoryOffers offers = new InMemoryOffers();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    private DecideProcess() {
    }

    /** Decides the first commands of the workload, and measures all but the warm-up. */
    public static ThroughputSample run(SubjectConfig config, int commands, int round) throws InterruptedException {
        try (ForkedJvm jvm = ForkedJvm.fork(NAME, DecideProcess.class, JvmSubject.HEAP,
                config.with(COMMANDS, commands))) {
            String[] words = jvm.await("decided", Duration.ofMinutes(10));
            int measured = Integer.parseInt(words[0]);
            double seconds = Long.parseLong(words[1]) / 1e9;
            return new ThroughputSample(NAME, round, measured, seconds, measured / seconds,
                    new CpuUse(Map.of(CpuUse.APP, Long.parseLong(words[2]) / 1e3 / measured), -1,
                            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        }
    }

    /** Reports the number of commands after the warm-up, and their time in ns, by the clock and of the processor. */
    public static void main(String[] arguments) {
        SubjectConfig config = SubjectConfig.of(arguments);
        int commands = Integer.parseInt(config.more().get(COMMANDS));
        DecideProcess process = new DecideProcess();
        long wall = 0;
        long cpu = 0;
        int measured = 0;
        int done = 0;
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(config.registryUrl()));
                WorkloadReader workload = new WorkloadReader(config.workload())) {
            AvroDecoder decoder = new AvroDecoder(registry);
            InputMapping mapping = new InputMapping();
            int warmUp = Harness.warmUp(commands);
            while (done < commands) {
                List<InputMapping.DecodedInput> chunk = new ArrayList<>();
                while (chunk.size() < Math.min(CHUNK, (done < warmUp ? warmUp : commands) - done)) {
                    WorkloadCommand command = workload.next();
                    chunk.add(mapping.fromAvro(decoder.decode(command.topic(), command.value())));
                }
                long began = System.nanoTime();
                long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                chunk.forEach(process::take);
                if (done >= warmUp) {
                    cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used;
                    wall += System.nanoTime() - began;
                    measured += chunk.size();
                }
                done += chunk.size();
            }
        }
        Signals.say("decided", measured, wall, cpu);
        System.exit(0);
    }

    private void take(InputMapping.DecodedInput envelope) {
        now = now.plusMillis(20);
        offers.store(offers.take(envelope, now));
    }
}
