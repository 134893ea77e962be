package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.fuzz.ForeignSchemas;
import io.offerflow.fuzz.GoodInput;
import io.offerflow.fuzz.Poison;
import io.offerflow.fuzz.PoisonKinds;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than a thousand records that no sender should write, among good ones: one answer each, and no thread dies. */
class PoisonOnBrokerTest {

    private static final int PARTITIONS = 4;
    private static final String OUTCOME = "an outcome";

    @TempDir
    private Path folder;

    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private int number;

    @Test
    void aRecordCostsItselfAndNeverTheNextOne() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(PARTITIONS);
            try (WireRecords wire = new WireRecords(sandbox, PARTITIONS);
                    OfferService service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                            sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(), "state.dir",
                            folder.toString())))) {
                ForeignSchemas schemas = new ForeignSchemas(wire.registry());
                AvroEncoder encoder = new AvroEncoder(schemas, Topic.inputs());
                List<PoisonKinds.Kind> kinds = PoisonKinds.all(schemas);
                try (Producer<byte[], byte[]> producer = producer(sandbox)) {
                    kinds.forEach(kind -> send(kind, encoder, producer));
                }
                assertThat(kinds).hasSizeGreaterThan(40);
                assertThat(expected.stream().filter(answer -> !answer.endsWith(OUTCOME))).hasSizeGreaterThan(1_000);

                assertThat(answers(wire)).containsExactlyInAnyOrderElementsOf(expected());
                assertThat(wire.values(Topic.OFFER_JOURNAL, JournalEntry.class).stream()
                        .filter(entry -> entry.getKind() == EntryKind.INPUT).map(entry -> at(entry.getInput()
                                .getSource()))).as("one entry of the journal for each").doesNotHaveDuplicates()
                        .hasSize(sent.size());
                assertThat(failedThreads(service)).as("threads that died").isZero();
            }
        }
    }

    private static Producer<byte[], byte[]> producer(Sandbox sandbox) {
        return new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, sandbox.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd", ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 256L << 20, ProducerConfig.LINGER_MS_CONFIG, 20),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends a kind on each of its topics to each partition, followed by a good record; a huge one only once. */
    private void send(PoisonKinds.Kind kind, AvroEncoder encoder, Producer<byte[], byte[]> producer) {
        for (Topic topic : kind.topics()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (!kind.huge() || topic.ordinal() % PARTITIONS == 0 && partition == 0) {
                    Poison poison = kind.maker().of(GoodInput.of(topic, number++, partition, PARTITIONS, encoder));
                    send(new ProducerRecord<>(topic.topicName(), (partition + poison.shift()) % PARTITIONS,
                            poison.key(), poison.value(), poison.headers()), producer,
                            kind.reason().map(Enum::name).orElse(OUTCOME));
                    GoodInput next = GoodInput.of(topic, number++, partition, PARTITIONS, encoder);
                    send(new ProducerRecord<>(topic.topicName(), partition, next.key(), next.value()), producer,
                            OUTCOME);
                }
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer, String answer) {
        sent.add(producer.send(record));
        expected.add(answer);
    }

    private List<String> expected() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int number = 0; number < sent.size(); number++) {
            RecordMetadata where = sent.get(number).get();
            answers.add("%s-%d@%d: %s".formatted(where.topic(), where.partition(), where.offset(),
                    expected.get(number)));
        }
        return answers;
    }

    /** Every outcome and quarantine record, with the coordinates of its input. */
    private List<String> answers(WireRecords wire) {
        await("every input is answered").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    wire.poll();
                    return wire.all(Topic.COMMAND_OUTCOMES).size() + wire.all(Topic.QUARANTINE).size() >= sent.size();
                });
        return Stream.concat(wire.values(Topic.COMMAND_OUTCOMES, CommandOutcome.class).stream()
                        .map(outcome -> at(outcome.getCause()) + ": " + OUTCOME),
                wire.values(Topic.QUARANTINE, QuarantinedRecord.class).stream()
                        .map(record -> at(record.getSource()) + ": " + record.getReason())).toList();
    }

    private static String at(Coordinates source) {
        return "%s-%d@%d".formatted(source.getTopic(), source.getPartition(), source.getOffset());
    }

    private static double failedThreads(OfferService service) {
        Set<Object> failed = service.streams().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("failed-stream-threads"))
                .map(metric -> metric.getValue().metricValue()).collect(Collectors.toSet());
        assertThat(failed).hasSize(1);
        return ((Number) failed.iterator().next()).doubleValue();
    }
}
