package io.offerflow.bench.bed;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.bench.footprint.Footprint;
import io.offerflow.bench.footprint.FootprintReader;
import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A subject that gives every command its outcome, and lies about the tenth. */
final class LyingProcess {

    private static final int TENTH = 10;

    private LyingProcess() {
    }

    public static void main(String[] arguments) {
        Site site = Site.of(arguments);
        String lie = Site.settings(arguments).get("lie");
        Signals.ready();
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(site.registryUrl()));
                WorkloadFile.Reader workload = new WorkloadFile.Reader(site.workload());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()),
                        new ByteArraySerializer(), new ByteArraySerializer())) {
            Map<TopicPartition, Outcomes> outcomes = new HashMap<>();
            int number = 0;
            Optional<Item> item = workload.next();
            while (item.isPresent()) {
                Topic topic = item.get().topic();
                int partition = Utils.toPositive(Utils.murmur2(item.get().key())) % site.partitions();
                byte[] outcome = outcomes.computeIfAbsent(new TopicPartition(topic.topicName(), partition), first ->
                        new Outcomes(new FootprintReader(site.workload(), topic, partition))).next();
                number++;
                for (byte[] said : number == TENTH ? lies(lie, outcome, registry) : List.of(outcome)) {
                    producer.send(new ProducerRecord<>(Topic.COMMAND_OUTCOMES.topicName(), partition, null, said));
                }
                item = workload.next();
            }
            producer.flush();
            Signals.untilToldToStop();
        }
        System.exit(0);
    }

    private static List<byte[]> lies(String lie, byte[] outcome, RegistryClient registry) {
        return switch (lie) {
            case "forgets" -> List.of();
            case "repeats" -> List.of(outcome, outcome);
            default -> {
                CommandOutcome said = (CommandOutcome) new AvroDecoder(registry)
                        .decode(Topic.COMMAND_OUTCOMES, outcome);
                yield List.of(new AvroEncoder(registry, Topic.outputs()).encode(Topic.COMMAND_OUTCOMES,
                        CommandOutcome.newBuilder(said).setResult(Result.IGNORED).build()));
            }
        };
    }

    /** The outcomes of one input topic and partition, in order. */
    private static final class Outcomes {
        private final FootprintReader reader;
        private long offset;

        Outcomes(FootprintReader reader) {
            this.reader = reader;
        }

        byte[] next() {
            return reader.next(offset++).letters().stream()
                    .filter(letter -> letter.topic() == Topic.COMMAND_OUTCOMES).map(Footprint.Letter::value)
                    .flatMap(Optional::stream).findFirst().orElseThrow();
        }
    }
}
