package io.offerflow.bench.http;

import io.offerflow.avro.OfferCommand;
import io.offerflow.bench.harness.BenchCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.BenchBroker;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.LadderSubjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Requests that wait for their outcomes, through a gateway and without one. */
@Command(name = "gateway", description = "Requests per second, latency and processor time of commands through a "
        + "gateway, each of which waits for its committed outcome, and of producing them directly.")
public final class GatewayLoadCommand extends BenchCommand {

    private static final String WAYS = "way";
    private static final String RATIOS = "ratio";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String PER_SECOND = "requests/s";
    private static final String P99 = "p99 ms";
    private static final String GATEWAY = "gateway µs";

    @Option(names = "--offers", defaultValue = "20000", description = "Number of offers that commands go to.")
    private int offers;

    @Option(names = "--requests", defaultValue = "60000", description = "Number of requests of each way.")
    private int requests;

    @Option(names = "--at-a-time", defaultValue = "256", description = "Requests at a time without a given rate.")
    private int atATime;

    @Option(names = "--rate", defaultValue = "1500", description = "Requests per second, open loop.")
    private int rate;

    @Option(names = "--partitions", defaultValue = "4", description = "Number of partitions of every topic.")
    private int partitions;

    @Option(names = "--commit-interval", defaultValue = "50", description = "In ms.")
    private int commitIntervalMs;

    private CommandSource source;
    private int sent;

    @Override
    public Integer call() throws Exception {
        Path folder = FileAccess.get("make a temporary folder", () -> Files.createTempDirectory("offerflow-bench"));
        source = new CommandSource(offers);
        try (BenchBroker broker = new BenchBroker(folder, partitions)) {
            SubjectConfig config = broker.config(folder, folder, "gateway-bench", commitIntervalMs);
            try (ForkedJvm service = LadderSubjects.SERVICE.start(config);
                    ForkedJvm gateway = new ForkedJvm("gateway", folder, List.of("-Xms512m", "-Xmx512m",
                            "-XX:+UseParallelGC"), new GatewayProgram(config))) {
                int port = gateway.ready(Integer.class);
                measure(config, new Processes(broker, service, gateway), port);
            }
        } finally {
            FileAccess.deleteTree(folder);
        }
        return 0;
    }

    /** The processes whose time counts. */
    private record Processes(ForkedJvm broker, ForkedJvm service, ForkedJvm gateway) {

        CpuWindow window() {
            return new CpuWindow(CpuWindow.LOADER).with(CpuWindow.BROKER, broker::cpu)
                    .with(CpuWindow.APP, service::cpu).with(GATEWAY, gateway::cpu).open();
        }
    }

    private void measure(SubjectConfig config, Processes processes, int port) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (DirectClient direct = new DirectClient(config)) {
            direct.run(source, 0, offers, atATime, nanos -> { }); // creates the offers
            sent = offers;
            viaGateway(port, requests / 2, 0); // warms the gateway up
            figures.add(figure("gateway, %d at a time".formatted(atATime), processes, latency ->
                    viaGateway(port, requests, 0, latency)));
            figures.add(figure("produced directly, %d at a time".formatted(atATime), processes, latency -> {
                direct.run(source, sent, sent + requests, atATime, latency::recordValue);
                sent += requests;
            }));
            figures.add(ratio(figures.getFirst(), figures.getLast()));
            figures.add(figure("gateway, %,d/s open loop".formatted(rate), processes, latency ->
                    viaGateway(port, requests, rate, latency)));
        }
        save(figures, Map.of("stream threads", 1));
    }

    /** What the way over HTTP costs: the figures of the gateway divided by those of producing directly. */
    private Figure ratio(Figure gateway, Figure direct) {
        Figure ratio = new Figure(RATIOS, "gateway / produced directly", Figure.named(
                PER_SECOND, gateway.values().get(PER_SECOND) / direct.values().get(PER_SECOND),
                P99, gateway.values().get(P99) / direct.values().get(P99),
                "µs per request", micros(gateway) / micros(direct)));
        print("%s", ratio);
        return ratio;
    }

    /** Processor time of all processes but that of the load. */
    private static double micros(Figure figure) {
        return figure.values().get(CpuWindow.MEASURED) + figure.values().get(GATEWAY);
    }

    /** Sends requests and records latencies in nanoseconds. */
    private interface LoadRun {
        void run(Histogram latency) throws Exception;
    }

    private Figure figure(String point, Processes processes, LoadRun load) throws Exception {
        Histogram latency = new ConcurrentHistogram(3);
        CpuWindow window = processes.window();
        long started = System.nanoTime();
        load.run(latency);
        double seconds = (System.nanoTime() - started) / 1e9;
        window.close();
        Map<String, Double> values = new LinkedHashMap<>(Figure.named(PER_SECOND, requests / seconds,
                "p50 ms", latency.getValueAtPercentile(50) / NANOS_PER_MILLI,
                P99, latency.getValueAtPercentile(99) / NANOS_PER_MILLI,
                "max ms", latency.getMaxValue() / NANOS_PER_MILLI));
        values.putAll(window.per(requests));
        Figure figure = new Figure(WAYS, point, values);
        print("%s", figure);
        return figure;
    }

    private void viaGateway(int port, int count, int perSecond) throws Exception {
        viaGateway(port, count, perSecond, new ConcurrentHistogram(3));
    }

    /** With a rate, the latency of a request counts from the time at which it should have been sent. */
    private void viaGateway(int port, int count, int perSecond, Histogram latency) throws Exception {
        AtomicInteger next = new AtomicInteger();
        int first = sent;
        sent += count;
        long started = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < (perSecond == 0 ? atATime : 4 * atATime); client++) {
                all.add(clients.submit(() -> {
                    try (HttpConnection connection = new HttpConnection(port)) {
                        for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                            OfferCommand command = source.command(first + number);
                            long due = perSecond == 0 ? System.nanoTime()
                                    : started + number * 1_000_000_000L / perSecond;
                            while (System.nanoTime() < due) {
                                LockSupport.parkNanos(due - System.nanoTime());
                            }
                            connection.send(command);
                            latency.recordValue(System.nanoTime() - due);
                        }
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                }));
            }
            for (Future<?> client : all) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchException known ? known : e;
        }
    }
}
