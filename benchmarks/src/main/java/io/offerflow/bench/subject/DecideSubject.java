package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.load.InMemoryOffers;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.ForkedProgram;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.codec.InputMapping;
import io.offerflow.contract.wire.AvroDecoder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The subject that needs no broker: {@code decide} and {@code apply} on offers in memory, on one thread of a separate
 * process.
 */
final class DecideSubject {

    static final String NAME = "decide";

    private static final int CHUNK = 10_000;

    private DecideSubject() {
    }

    /** What was measured after the warm-up: commands, and their time in ns, by the clock and of the processor. */
    private record DecidedCommands(int count, long wall, long cpu) {

        static final DecidedCommands NONE = new DecidedCommands(0, 0, 0);

        DecidedCommands plus(DecidedCommands more) {
            return new DecidedCommands(count + more.count, wall + more.wall, cpu + more.cpu);
        }
    }

    /** Decides the first commands of the workload, and measures all but the warm-up. */
    static Figure run(SubjectConfig config, int commands) throws InterruptedException {
        try (ForkedJvm jvm = new JvmSubject(NAME, subject -> new DecideProgram(subject, commands)).fork(config)) {
            DecidedCommands decided = jvm.await("decided", Duration.ofMinutes(10), DecidedCommands.class);
            double micros = decided.cpu() / 1e3 / decided.count();
            return Harness.throughput(NAME, decided.count(), decided.wall() / 1e9,
                    Figure.named(CpuWindow.MEASURED, micros, CpuWindow.APP, micros));
        }
    }

    private record DecideProgram(SubjectConfig config, int commands) implements ForkedProgram {

        @Override
        public void run() {
            DecidedCommands measured = DecidedCommands.NONE;
            InMemoryOffers offers = new InMemoryOffers();
            try (var registry = config.registry();
                    WorkloadReader workload = new WorkloadReader(config.workload())) {
                AvroDecoder decoder = new AvroDecoder(registry);
                InputMapping mapping = new InputMapping();
                int warmUp = Harness.warmUp(commands);
                int done = 0;
                while (done < commands) {
                    List<InputMapping.DecodedInput> chunk = new ArrayList<>();
                    while (chunk.size() < Math.min(CHUNK, (done < warmUp ? warmUp : commands) - done)) {
                        var command = workload.next();
                        chunk.add(mapping.fromAvro(decoder.decode(command.topic(), command.value())));
                    }
                    DecidedCommands decided = decide(offers, chunk, done);
                    measured = done < warmUp ? measured : measured.plus(decided);
                    done += chunk.size();
                }
            }
            Signals.say("decided", measured);
        }

        private static DecidedCommands decide(InMemoryOffers offers, List<InputMapping.DecodedInput> chunk, int done) {
            Instant now = Instant.parse("2026-03-02T09:00:00Z").plusMillis(20L * done);
            long began = System.nanoTime();
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (InputMapping.DecodedInput input : chunk) {
                now = now.plusMillis(20);
                offers.store(offers.take(input, now));
            }
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used;
            return new DecidedCommands(chunk.size(), System.nanoTime() - began, cpu);
        }
    }
}
