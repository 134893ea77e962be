package io.offerflow.bench.subject;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** The service under load, started as its own command starts it; reports how long its stores took, in ns. */
public record ServiceProgram(SubjectConfig config) implements ForkedProgram {

    @Override
    public void run() throws InterruptedException {
        try (OfferService service = OfferService.start(config(config))) {
            long started = System.nanoTime();
            if (!service.awaitReady(Duration.ofMinutes(5))) {
                throw new BenchException("it was not ready within five minutes");
            }
            Signals.readyUntilStopped(System.nanoTime() - started);
        }
    }

    /** The settings of the service, from which every subject on Kafka Streams takes its own. */
    public static ServiceConfig config(SubjectConfig config) {
        return ServiceConfig.of(Map.of("bootstrap.servers", config.bootstrapServers(),
                "schema.registry.url", config.registryUrl(), "application.id", config.run(),
                "group.instance.id", config.run(),
                "state.dir", config.scratch().resolve("state").toString(),
                "commit.interval.ms", Integer.toString(config.commitIntervalMs())));
    }

    /**
     * Starts a topology and waits until it runs; returns the seconds that it took.
     *
     * @throws IllegalStateException if it does not run in time
     */
    public static double start(KafkaStreams streams, Duration timeout) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        long from = System.nanoTime();
        streams.start();
        if (!running.await(timeout.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not run within %d s".formatted(timeout.toSeconds()));
        }
        return (System.nanoTime() - from) / 1e9;
    }
}
