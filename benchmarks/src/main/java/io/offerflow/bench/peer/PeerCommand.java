package io.offerflow.bench.peer;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.RoundsCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.LadderSubjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The service and the peer in turn, on one broker, with the same commands and the same checks. */
@Command(name = "peer", description = "The service compared with its rules on a plain consumer and PostgreSQL.")
public final class PeerCommand extends RoundsCommand {

    private static final String PEER = "peer";

    @Option(names = "--batch", defaultValue = "2000", description = "Most commands in one transaction of the peer.")
    private int batch;

    public PeerCommand() {
        super(200_000);
    }

    @Override
    protected void measure(Path folder) throws InterruptedException {
        List<Subject> subjects = List.of(LadderSubjects.SERVICE, new PeerSubject(batch));
        try (Harness harness = harness(folder, commands(), WorkloadSpec.SHORT_GAP, 100, 100, false)) {
            List<Figure> figures = new ArrayList<>(harness.workload());
            harness.loader().fill(commands());
            for (int round = 1; round <= rounds(); round++) {
                for (Subject subject : subjects) {
                    figures.add(harness.drain(subject));
                    print("%s", figures.getLast());
                }
            }
            BenchResult result = save(figures, Map.of("PostgreSQL", PostgresServer.installedVersion(),
                    "commit interval of the service", "100 ms", "heap of each subject", "1 GiB"));
            MedianRange rate = ratio(result, Harness.PER_SECOND);
            print("The service takes %.1f times as many commands per second as the peer (%.1f to %.1f in single "
                    + "rounds), at %.2f of its processor time.", rate.median(), rate.min(), rate.max(),
                    ratio(result, CpuWindow.MEASURED).median());
        }
    }

    /** A value of the service as a multiple of the peer's, round by round: the machine differs less within a round. */
    static MedianRange ratio(BenchResult result, String name) {
        Iterator<Double> peer = result.values(Harness.SUBJECT, PEER, name).iterator();
        return MedianRange.of(result.values(Harness.SUBJECT, LadderSubjects.SERVICE.name(), name).stream()
                .map(value -> value / peer.next()).toList());
    }

    /**
     * The peer: a JVM with the heap of every subject, and a new PostgreSQL server for each run.
     *
     * @param batch most inputs of one transaction
     */
    private record PeerSubject(int batch) implements Subject {

        @Override
        public String name() {
            return PEER;
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
