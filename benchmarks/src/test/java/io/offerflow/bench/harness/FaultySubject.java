package io.offerflow.bench.harness;

import io.offerflow.bench.load.FootprintReader;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** A subject in this process that writes the outcome of every command, and something else for the tenth. */
record FaultySubject(String name, int commands, Function<byte[], List<byte[]>> fault) implements Subject {

    private static final int TENTH = 10;

    @Override
    public RunningSubject start(SubjectConfig config) {
        Map<TopicPartition, FootprintReader> footprints = new HashMap<>();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (WorkloadReader workload = new WorkloadReader(config.workload());
                KafkaProducer<byte[], byte[]> producer = config.producer(0, Map.of())) {
            for (int number = 1; number <= commands; number++) {
                WorkloadCommand command = workload.next();
                int partition = command.partition(config.partitions());
                TopicPartition input = new TopicPartition(command.topic().topicName(), partition);
                byte[] outcome = footprints.computeIfAbsent(input, from -> new FootprintReader(config.workload(),
                        from)).next(offsets.merge(input, 1L, Long::sum) - 1).sent().stream()
                        .filter(sent -> sent.topic().equals(Topic.COMMAND_OUTCOMES.topicName())).findFirst()
                        .orElseThrow().value();
                for (byte[] written : number == TENTH ? fault.apply(outcome) : List.of(outcome)) {
                    producer.send(new ProducerRecord<>(Topic.COMMAND_OUTCOMES.topicName(), partition, null, written));
                }
            }
        }
        return new RunningSubject() {
            @Override
            public Duration cpu() {
                return Duration.ZERO;
            }

            @Override
            public void close() {
                // has ended already
            }
        };
    }
}
