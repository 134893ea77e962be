package io.offerflow.bench.subject;

import io.offerflow.bench.run.Signals;
import io.offerflow.runtime.StreamsProperties;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs another topology with the service's own settings of Kafka Streams. */
final class StreamsProcess {

    private StreamsProcess() {
    }

    static void run(String[] arguments, Function<StreamsConfig, Topology> topology) throws InterruptedException {
        Properties properties = StreamsProperties.of(ServiceSettings.of(arguments));
        CountDownLatch running = new CountDownLatch(1);
        try (KafkaStreams streams = new KafkaStreams(topology.apply(new StreamsConfig(properties)), properties)) {
            streams.setUncaughtExceptionHandler(failure -> {
                Signals.say(Signals.FAILED, failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    running.countDown();
                }
            });
            streams.start();
            if (!running.await(60, TimeUnit.SECONDS)) {
                Signals.say(Signals.FAILED, "it was not ready within a minute");
            }
            Signals.ready();
            Signals.untilToldToStop();
            streams.close(Duration.ofSeconds(30));
        }
        System.exit(0);
    }
}
