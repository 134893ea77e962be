package io.offerflow.replay.write;

import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.journal.ReplayRange;
import io.offerflow.replay.journal.Snapshots;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Writes outputs again from the journal: the same keys and values, the original time in {@code ce_time}, and a header
 * that names the journal entry.
 */
public final class Republish {

    /** Header with the coordinates of the journal entry, for example {@code offer-journal-0@17}. */
    public static final String HEADER = "offerflow-replayed-from";

    /**
     * What is written.
     *
     * @param topics a subset of {@link #republishable()}
     * @param prefix prefix of the target topics; empty for the outputs of the service
     * @param applicationId of the service, which has to be stopped if its outputs are the target
     * @param locale language of the notifications
     */
    public record RepublishRequest(Set<Topic> topics, String prefix, String applicationId, Locale locale) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;

    public Republish(ReplayCluster cluster, ReplayOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    /** The topics that can be written again; quarantine cannot, because the journal has no headers of inputs. */
    public static Set<Topic> republishable() {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        Projection.all(Locale.ENGLISH).forEach(projection -> topics.add(projection.topic()));
        return Collections.unmodifiableSet(topics);
    }

    /**
     * Counts the records that would be written, by topic. Writes nothing.
     *
     * @throws ReplayPreconditionException if a precondition of the run is not met
     */
    public Map<Topic, Long> plan(RepublishRequest request) throws InterruptedException {
        check(request);
        return republish(request, new InMemoryRegistry(), record -> { });
    }

    /**
     * Writes the records in one transaction.
     *
     * @return number of records by topic
     * @throws ReplayPreconditionException if a precondition is not met
     */
    public Map<Topic, Long> run(RepublishRequest request) throws InterruptedException {
        List<NewTopic> missing = check(request);
        try (Admin admin = cluster.admin()) {
            TargetTopics targets = new TargetTopics(admin, cluster::consumer);
            targets.create(missing);
            try (TransactionalWriter writer = new TransactionalWriter(
                    cluster.transactional("offerflow-republish-" + request.prefix()))) {
                Map<Topic, Long> written = republish(request, cluster.registry(), writer::send);
                writer.complete();
                targets.awaitVisible(request.topics().stream()
                        .map(topic -> request.prefix() + topic.topicName()).toList());
                return written;
            }
        }
    }

    private List<NewTopic> check(RepublishRequest request) throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            if (request.prefix().isEmpty()) {
                new ServiceStoppedCheck(admin).check(request.applicationId());
                return List.of();
            }
            int partitions = new KafkaJournal(cluster::consumer).ranges().size();
            return new TargetTopics(admin, cluster::consumer).check(request.topics().stream().map(topic ->
                    new NewTopic(request.prefix() + topic.topicName(), Optional.of(partitions), Optional.empty())
                            .configs(topic.settings())).toList());
        }
    }

    /** Receives the records. */
    public interface OutputTarget {
        void send(ProducerRecord<byte[], byte[]> record);
    }

    private Map<Topic, Long> republish(RepublishRequest request, SchemaRegistry encoding, OutputTarget target)
            throws InterruptedException {
        return republish(new KafkaJournal(cluster::consumer), cluster.registry(), encoding, options, request, target);
    }

    static Map<Topic, Long> republish(Journal journal, SchemaRegistry registry, SchemaRegistry encoding,
            ReplayOptions options, RepublishRequest request, OutputTarget target) throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal, options.with(Snapshots.NONE));
        List<ReplayRange> ranges = partitions.begin(new ReplayBound.Latest());
        Map<Topic, Long> all = new EnumMap<>(Topic.class);
        partitions.execute(ranges, range -> {
            OutputReplayer replayer = new OutputReplayer(encoding, request, target);
            try (PartitionFold fold = new PartitionFold(registry, new ReplayBound.Latest(), range.snapshot(),
                    options.temporary().resolve("partition-" + range.partition()),
                    options.memoryPerPartition(ranges.size()))) {
                partitions.read(range, record -> fold.add(record, replayer));
            }
            return replayer.counts;
        }).forEach(counts -> counts.forEach((topic, number) -> all.merge(topic, number, Long::sum)));
        return all;
    }

    /** Makes the output records of one partition. */
    private static final class OutputReplayer implements PartitionFold.EntryListener {

        private final RepublishRequest request;
        private final OutputTarget target;
        private final OutputEncoder encoder;
        private final Map<Topic, Long> counts = new EnumMap<>(Topic.class);

        OutputReplayer(SchemaRegistry encoding, RepublishRequest request, OutputTarget target) {
            this.request = request;
            this.target = target;
            this.encoder = new OutputEncoder(encoding, new JournalMapping.DecidedBy("", ""),
                    Projection.all(request.locale()));
        }

        @Override
        public void entry(JournalRecord record, DecodedEntry.OfferEntry decoded, OfferState before,
                OfferState after) {
            Optional<SourceRecord> source = Optional.ofNullable(decoded.avro().getInput())
                    .map(input -> SourceRecord.of(input, record.key()));
            Transition transition = new Transition(source, before, decoded.entry(), after);
            encoder.encode(decoded.avro().getNumber(), transition, new OutputKey(record.partition(), record.key()))
                    .stream()
                    .filter(output -> request.topics().contains(output.topic())).forEach(output -> {
                        Headers headers = output.record().headers();
                        headers.add(HEADER, record.coordinates().getBytes(StandardCharsets.UTF_8));
                        target.send(new ProducerRecord<>(request.prefix() + output.topic().topicName(),
                                record.partition(), null, output.record().key().bytes().orElse(null),
                                output.record().value(), headers));
                        counts.merge(output.topic(), 1L, Long::sum);
                    });
        }
    }
}
