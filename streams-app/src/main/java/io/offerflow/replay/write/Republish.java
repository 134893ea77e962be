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
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
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
 * Makes outputs again from the journal: the same keys and values, the original time in {@code ce_time}, and a header that
 * says which line of the journal a record was made of.
 */
public final class Republish {

    /** Header of a record that was made again: the line of the journal, {@code offer-journal-0@17}. */
    public static final String HEADER = "offerflow-replayed-from";

    /**
     * What is made.
     *
     * @param topics of {@link #possible()}
     * @param prefix of the names of the topics that are written; empty for the outputs themselves
     * @param applicationId of the service, which has to be stopped if its own topics are written
     * @param locale the language publishers are written in
     */
    public record RepublishRequest(Set<Topic> topics, String prefix, String applicationId, Locale locale) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;

    public Republish(ReplayCluster cluster, ReplayOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    /** The topics that can be made again; quarantine is not among them: the journal does not keep headers of inputs. */
    public static Set<Topic> possible() {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        Projection.all(Locale.ENGLISH).forEach(projection -> topics.add(projection.topic()));
        return Collections.unmodifiableSet(topics);
    }

    /**
     * How many records of each topic would be written. Writes nothing.
     *
     * @throws ReplayPreconditionException if it would be refused
     */
    public Map<Topic, Long> plan(RepublishRequest order) throws InterruptedException {
        check(order);
        return each(order, new InMemoryRegistry(), record -> { });
    }

    /** Writes; all of it or nothing. */
    public Map<Topic, Long> run(RepublishRequest order) throws InterruptedException {
        List<NewTopic> missing = check(order);
        try (Admin admin = cluster.admin()) {
            TargetTopics fresh = new TargetTopics(admin, cluster::consumer);
            fresh.create(missing);
            try (TransactionalWriter writer = new TransactionalWriter(
                    cluster.transactional("offerflow-republish-" + order.prefix()))) {
                Map<Topic, Long> written = each(order, cluster.registry(), writer::send);
                writer.complete();
                fresh.awaitVisible(order.topics().stream().map(topic -> order.prefix() + topic.topicName()).toList());
                return written;
            }
        }
    }

    private List<NewTopic> check(RepublishRequest order) throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            if (order.prefix().isEmpty()) {
                new ServiceStoppedCheck(admin).check(order.applicationId());
                return List.of();
            }
            int partitions = new KafkaJournal(cluster::consumer).stretches().size();
            return new TargetTopics(admin, cluster::consumer).check(order.topics().stream().map(topic ->
                    new NewTopic(order.prefix() + topic.topicName(), Optional.of(partitions), Optional.empty())
                            .configs(topic.settings())).toList());
        }
    }

    /** Takes what is made. */
    public interface OutputTarget {
        void send(ProducerRecord<byte[], byte[]> record);
    }

    private Map<Topic, Long> each(RepublishRequest order, SchemaRegistry encoding, OutputTarget target) throws InterruptedException {
        return each(new KafkaJournal(cluster::consumer), cluster.registry(), encoding, options, order, target);
    }

    static Map<Topic, Long> each(Journal journal, SchemaRegistry registry, SchemaRegistry encoding,
            ReplayOptions options, RepublishRequest order, OutputTarget target) throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<OffsetRange> stretches = partitions.stretches(new ReplayBound.Latest());
        Map<Topic, Long> all = new EnumMap<>(Topic.class);
        partitions.each(stretches, stretch -> {
            OutputReplayer press = new OutputReplayer(encoding, order, target);
            try (PartitionFold fold = new PartitionFold(registry, new ReplayBound.Latest(),
                    options.temporary().resolve("partition-" + stretch.partition()),
                    options.memoryOfEach(stretches.size()))) {
                partitions.read(stretch, record -> fold.add(record, press));
            }
            return press.made;
        }).forEach(made -> made.forEach((topic, number) -> all.merge(topic, number, Long::sum)));
        return all;
    }

    /** Makes the records of one partition. */
    private static final class OutputReplayer implements PartitionFold.EntryListener {

        private final RepublishRequest order;
        private final OutputTarget target;
        private final OutputEncoder outbox;
        private final Map<Topic, Long> made = new EnumMap<>(Topic.class);

        OutputReplayer(SchemaRegistry encoding, RepublishRequest order, OutputTarget target) {
            this.order = order;
            this.target = target;
            this.outbox = new OutputEncoder(encoding, new JournalMapping.DecidedBy("", ""), Projection.all(order.locale()));
        }

        @Override
        public void entry(JournalRecord record, DecodedEntry.OfferEntry line, OfferState before, OfferState after) {
            Optional<SourceRecord> origin = Optional.ofNullable(line.written().getInput())
                    .map(input -> SourceRecord.of(input, record.key()));
            Transition moment = new Transition(origin, before, line.entry(), after);
            outbox.encode(moment, new OutputKey(record.partition(), record.key())).stream()
                    .filter(letter -> order.topics().contains(letter.topic())).forEach(letter -> {
                        Headers headers = letter.record().headers();
                        headers.add(HEADER, record.where().getBytes(StandardCharsets.UTF_8));
                        target.send(new ProducerRecord<>(order.prefix() + letter.topic().topicName(),
                                record.partition(), null, letter.record().key().bytes().orElse(null),
                                letter.record().value(), headers));
                        made.merge(letter.topic(), 1L, Long::sum);
                    });
        }
    }
}
