package io.offerflow.bench.peer;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.RoundsCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ResultTables;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.LadderSubjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The service and the peer in turn, on one broker, with the same commands and the same checks. */
@Command(name = "peer", description = "The service compared with its rules on a plain consumer and PostgreSQL.")
public final class PeerCommand extends RoundsCommand {

    @Option(names = "--batch", defaultValue = "2000", description = "Most commands in one transaction of the peer.")
    private int batch;

    public PeerCommand() {
        super(200_000);
    }

    @Override
    protected void measure(Path folder) throws InterruptedException {
        List<Subject> subjects = List.of(LadderSubjects.SERVICE, new PeerSubject(batch));
        List<ThroughputSample> samples = new ArrayList<>();
        try (Harness harness = harness(folder, commands(), WorkloadSpec.SHORT_GAP, 100, 100, false)) {
            harness.loader().fill(commands());
            for (int round = 1; round <= rounds(); round++) {
                for (Subject subject : subjects) {
                    samples.add(harness.drain(subject, round));
                    print("%s", ResultTables.line(samples.getLast()));
                }
            }
            BenchResult result = BenchResult.ofSamples(run(settings(), Map.of(
                    "peer's batch", batch + " commands", "PostgreSQL", PostgresServer.installedVersion(),
                    "commit interval of the service", "100 ms", "heap of each subject", "1 GiB")),
                    harness.workload(), samples);
            save(result);
            PairedRatio ratio = PairedRatio.of(result, "service", "peer");
            print("%s", ResultTables.throughput(result));
            print("The service takes %.1f times as many commands per second as the peer (%.1f to %.1f in single "
                    + "rounds), at %.2f of its processor time.", ratio.rate().median(), ratio.rate().min(),
                    ratio.rate().max(), ratio.cpu().median());
        }
    }

    /**
     * One subject as a multiple of another, round by round, since the machine's speed differs less within a round.
     *
     * @param rate of commands per second
     * @param cpu of processor time per command, broker included
     */
    record PairedRatio(MedianRange rate, MedianRange cpu) {

        /** Of two subjects with the same number of rounds. */
        static PairedRatio of(BenchResult result, String one, String other) {
            return new PairedRatio(range(result, one, other, ThroughputSample::perSecond),
                    range(result, one, other, sample -> sample.cpu().measured()));
        }

        private static MedianRange range(BenchResult result, String one, String other,
                ToDoubleFunction<ThroughputSample> value) {
            List<ThroughputSample> ones = result.samplesOf(one);
            List<ThroughputSample> others = result.samplesOf(other);
            return MedianRange.of(IntStream.range(0, ones.size()).boxed().toList(), round ->
                    value.applyAsDouble(ones.get(round)) / value.applyAsDouble(others.get(round)));
        }
    }

    /**
     * The peer: a JVM with the heap of every subject, and a new PostgreSQL server for each run.
     *
     * @param batch most inputs of one transaction
     */
    private record PeerSubject(int batch) implements Subject {

        @Override
        public String name() {
            return "peer";
        }

        @Override
        public RunningSubject start(SubjectConfig config) throws InterruptedException {
            PostgresServer postgres = new PostgresServer();
            try {
                return new PeerAndDatabase(new JvmSubject(name(), subject ->
                        new PostgresBaseline(subject, postgres.url(), batch)).start(config), postgres);
            } catch (RuntimeException | InterruptedException e) {
                postgres.close();
                throw e;
            }
        }

        private record PeerAndDatabase(ForkedJvm peer, PostgresServer postgres) implements RunningSubject {

            @Override
            public Duration cpu() {
                return peer.cpu().plus(postgres.cpu());
            }

            @Override
            public void close() {
                peer.close();
                postgres.close();
            }
        }
    }
}
