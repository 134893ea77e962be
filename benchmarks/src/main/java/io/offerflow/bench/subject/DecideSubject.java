package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.load.InMemoryOffers;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.CpuMeter;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.codec.InputMapping;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
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

    /** Decides the first commands of the workload, and measures all but the warm-up. */
    static Figure run(SubjectConfig config, int commands) throws InterruptedException {
        try (ForkedJvm jvm = new JvmSubject(NAME, subject -> new DecideProgram(subject, commands)).fork(config)) {
            return jvm.await("decided", Duration.ofMinutes(10), Figure.class);
        }
    }

    private record DecideProgram(SubjectConfig config, int commands) implements ForkedProgram {

        @Override
        public void run() {
            InMemoryOffers offers = new InMemoryOffers();
            CpuMeter warm = new CpuMeter();
            CpuMeter meter = new CpuMeter();
            try (var registry = config.registry();
                    WorkloadReader workload = new WorkloadReader(config.workload())) {
                AvroDecoder decoder = new AvroDecoder(registry);
                InputMapping mapping = new InputMapping();
                int warmUp = Harness.warmUp(commands);
                int done = 0;
                while (done < commands) {
                    int first = done;
                    List<InputMapping.DecodedInput> chunk = new ArrayList<>();
                    for (; done < Math.min(first + CHUNK, first < warmUp ? warmUp : commands); done++) {
                        var command = workload.next();
                        chunk.add(mapping.fromAvro(decoder.decode(command.topic(), command.value())));
                    }
                    (first < warmUp ? warm : meter).measure(chunk.size(), () -> decide(offers, chunk, first));
                }
            }
            Signals.say("decided", Harness.throughput(NAME, meter.commands(), meter.seconds(),
                    Figure.named(CpuWindow.MEASURED, meter.micros(), CpuWindow.APP, meter.micros())));
        }

        private static void decide(InMemoryOffers offers, List<InputMapping.DecodedInput> chunk, int done) {
            Instant now = Instant.parse("2026-03-02T09:00:00Z").plusMillis(20L * done);
            for (InputMapping.DecodedInput input : chunk) {
                now = now.plusMillis(20);
                offers.store(offers.take(input, now));
            }
        }
    }
}
