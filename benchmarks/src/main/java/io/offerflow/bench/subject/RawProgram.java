package io.offerflow.bench.subject;

import io.offerflow.bench.load.FootprintReader;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/** Plain clients: a consumer and an idempotent producer; offsets are not committed. */
record RawProgram(SubjectConfig config) implements ForkedProgram {

    private static final int LINGER_MS_OF_STREAMS = 100;

    @Override
    public void run() {
        Thread.ofPlatform().daemon().start(this::copy);
        Signals.readyUntilStopped(null);
    }

    private void copy() {
        Map<TopicPartition, FootprintReader> footprints = new HashMap<>();
        try (var consumer = config.consumer(1000);
                var producer = config.producer(LINGER_MS_OF_STREAMS,
                        Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES))) {
            consumer.assign(config.inputs());
            consumer.seekToBeginning(config.inputs());
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    FootprintReader reader = footprints.computeIfAbsent(new TopicPartition(record.topic(),
                            record.partition()), from -> new FootprintReader(config.workload(), from));
                    reader.next(record.offset()).sent().forEach(sent -> producer.send(sent, (metadata, failure) ->
                            Optional.ofNullable(failure).ifPresent(Signals::fail)));
                }
            }
        } catch (RuntimeException e) {
            Signals.fail(e);
        }
    }
}
