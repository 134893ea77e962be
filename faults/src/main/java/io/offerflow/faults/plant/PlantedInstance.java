package io.offerflow.faults.plant;

import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.runtime.BuildInfo;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** An instance of the service with a defect, without its health and its checks. */
public record PlantedInstance(Map<String, String> settings, int partitions, Plant plant) implements ForkedProgram {

    private static final StartCheck NO_CHECK = (partition, stored) ->
            new StartCheck.StartPoint(stored.position(), stored.topics(), List.of(), Set.of());

    @Override
    public void run() throws InterruptedException {
        ServiceConfig config = ServiceConfig.of(settings);
        Properties properties = StreamsProperties.of(config);
        if (plant == Plant.EXACTLY_ONCE_OFF) {
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        }
        TopologySettings defaults = TopologySettings.defaults(BuildInfo.ID, partitions);
        TopologySettings own = new TopologySettings(config.policy(), defaults.build(), partitions,
                config.inputMaxBytes(), defaults.tick(), config.dueGrace(), defaults.duePerTick(),
                config.notificationLocale());
        CountDownLatch running = new CountDownLatch(1);
        try (RegistryClient registry = new RegistryClient(config.registry())) {
            Topology topology = OfferTopology.build(new StreamsConfig(properties), OfferTopology.stores(),
                    () -> new PlantedProcessor(OfferTopology.step(own, registry, NO_CHECK).get(), plant));
            try (KafkaStreams streams = new KafkaStreams(topology, properties)) {
                streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
                streams.setStateListener((now, before) -> {
                    if (now == KafkaStreams.State.RUNNING) {
                        running.countDown();
                    }
                });
                streams.start();
                running.await();
                Signals.readyUntilStopped(plant);
            }
        }
    }
}
