package io.offerflow.replay.write;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.JournalDecoder;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts inputs back on their topic that could not be read, or that a fault refused. They are new records there, with a
 * header that says where the first one lies; one that was put back before is left out.
 */
public final class Retry {

    /** Header of an input that was put back: where the original lies, {@code offer-commands-0@17}. */
    public static final String HEADER = "offerflow-retry-of";

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * An input that could be put back.
     *
     * @param reason why it was put aside
     * @param obstacle why it cannot be put back; empty if it can
     */
    public record Candidate(SourceRecord origin, String reason, String detail, Optional<String> obstacle) {
    }

    private final ReplayCluster cluster;

    public Retry(ReplayCluster cluster) {
        this.cluster = cluster;
    }

    /** The quarantined inputs that match, oldest first. Writes nothing. */
    public List<Candidate> quarantined(Predicate<Candidate> wanted) {
        List<Candidate> found = new ArrayList<>();
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        all(List.of(Topic.QUARANTINE), record -> {
            if (record.value() != null) {
                found.add(candidate((QuarantinedRecord) decoder.decode(Topic.QUARANTINE, record.value())));
            }
        });
        return withoutRetried(found.stream().filter(wanted).toList());
    }

    private static Candidate candidate(QuarantinedRecord record) {
        Coordinates source = record.getSource();
        SourceRecord origin = new SourceRecord(source.getTopic(), source.getPartition(), source.getOffset(), record.getAppendedAt(),
                Optional.ofNullable(record.getKey()).map(Retry::bytes),
                Optional.ofNullable(record.getValue()).map(Retry::bytes), record.getHeaders().stream().map(header ->
                        new SourceRecord.SourceHeader(header.getName(), Optional.ofNullable(header.getValue()).map(Retry::bytes)))
                        .toList(), 0);
        return new Candidate(origin, record.getReason().name(), record.getDetail(), record.getTruncated()
                ? Optional.of("only its beginning was kept, it was too large") : Optional.empty());
    }

    /** The inputs that a fault of a release refused, oldest first. Writes nothing. */
    public List<Candidate> refusedByFaults(ReplayOptions options, Predicate<Candidate> wanted)
            throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<Candidate> found = new ArrayList<>();
        partitions.each(journal.stretches(), stretch -> {
            JournalDecoder reader = new JournalDecoder(cluster.registry());
            List<Candidate> here = new ArrayList<>();
            partitions.read(stretch, record -> {
                JournalEntry line = reader.read(record).written();
                if (line.getReason() == Reason.INTERNAL_ERROR && line.getInput() != null) {
                    here.add(new Candidate(SourceRecord.of(line.getInput(), record.key()), line.getReason().name(),
                            line.getDetail(), Optional.empty()));
                }
                return true;
            });
            return here;
        }).forEach(found::addAll);
        return withoutRetried(found.stream().filter(wanted).toList());
    }

    private List<Candidate> withoutRetried(List<Candidate> found) {
        Set<String> retried = new HashSet<>();
        if (!found.isEmpty()) {
            all(Topic.inputs(), record -> Optional.ofNullable(record.headers().lastHeader(HEADER)).ifPresent(header ->
                    retried.add(new String(header.value(), StandardCharsets.UTF_8))));
        }
        return found.stream().map(candidate -> !retried.contains(cause(candidate.origin())) ? candidate
                : new Candidate(candidate.origin(), candidate.reason(), candidate.detail(),
                        Optional.of("it was put back before"))).toList();
    }

    /** Where the first of a chain of retries lies. */
    private static String cause(SourceRecord origin) {
        return origin.headers().stream().filter(header -> header.name().equals(HEADER)).findFirst()
                .flatMap(SourceRecord.SourceHeader::value).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseGet(origin::toString);
    }

    /** Puts them back; the partition is that of the key. Answers where they lie now. */
    public List<String> send(List<Candidate> chosen, Producer<byte[], byte[]> producer) throws InterruptedException {
        List<String> sent = new ArrayList<>();
        for (Candidate candidate : chosen) {
            SourceRecord origin = candidate.origin();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(origin.topic(), origin.key().orElse(null),
                    origin.value().orElse(null));
            origin.headers().stream().filter(header -> !header.name().equals(HEADER)).forEach(header ->
                    record.headers().add(header.name(), header.value().orElse(null)));
            record.headers().add(HEADER, cause(origin).getBytes(StandardCharsets.UTF_8));
            try {
                var where = producer.send(record).get();
                sent.add(RootLocaleText.format("%s-%d@%d", where.topic(), where.partition(), where.offset()));
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        RootLocaleText.format("%s was not taken by the brokers, %d were put back before it: %s", origin,
                                sent.size(), e.getCause().getMessage()), e);
            }
        }
        return sent;
    }

    private void all(List<Topic> topics, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (var consumer = cluster.consumer()) {
            List<TopicPartition> all = topics.stream().flatMap(topic ->
                    consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(taker);
            }
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
