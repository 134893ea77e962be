package io.offerflow.replay.write;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.CutPart;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.codec.EntryId;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.JournalDecoder;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
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
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Puts inputs back on their topic that could not be read, or that a fault of a release rejected. They are new records,
 * with a header that names the original one; an input that was put back before is left out.
 */
public final class Retry {

    /**
     * Header with the id of the journal entry of the original record, for example {@code 0-17}. Coordinates would
     * repeat when a topic is created again.
     */
    public static final String HEADER = "offerflow-retry-of";

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * An input that could be put back.
     *
     * @param entry id of its journal entry
     * @param reason why it was quarantined or rejected
     * @param obstacle why it cannot be put back; empty if it can
     */
    public record Candidate(SourceRecord origin, String entry, String reason, String detail,
            Optional<String> obstacle) {
    }

    private final ReplayCluster cluster;

    public Retry(ReplayCluster cluster) {
        this.cluster = cluster;
    }

    /** The quarantined inputs that match, oldest first. Writes nothing. */
    public List<Candidate> quarantinedInputs(Predicate<Candidate> filter) {
        List<Candidate> found = new ArrayList<>();
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        readAll(List.of(Topic.QUARANTINE), record -> {
            if (record.value() != null) {
                found.add(candidate((QuarantinedRecord) decoder.decode(Topic.QUARANTINE, record.value()),
                        EntryId.ofEvent(header(record.headers(), "ce_id").orElse(""))));
            }
        });
        return markRetried(found.stream().filter(filter).toList());
    }

    private static Candidate candidate(QuarantinedRecord record, String entry) {
        Coordinates source = record.getSource();
        List<SourceRecord.SourceHeader> headers = record.getHeaders().stream()
                .map(header -> new SourceRecord.SourceHeader(header.getName(),
                        Optional.ofNullable(header.getValue()).map(Retry::bytes))).toList();
        SourceRecord origin = SourceRecord.received(source.getTopic(), source.getPartition(), source.getOffset(),
                record.getAppendedAt(), Optional.ofNullable(record.getKey()).map(Retry::bytes),
                Optional.ofNullable(record.getValue()).map(Retry::bytes), headers);
        return new Candidate(origin, entry, record.getReason().name(), record.getDetail(), obstacle(record));
    }

    /** Headers that were left out do not matter: the service reads none of that size. */
    private static Optional<String> obstacle(QuarantinedRecord record) {
        return record.getCut().stream().map(CutPart::getPart)
                .filter(part -> !part.equals(SourceRecord.Part.HEADERS.label())).findFirst()
                .map(part -> RootLocaleText.format("its %s was too large, and only the beginning was kept", part));
    }

    /** The inputs that were rejected because of a fault, oldest first. Writes nothing. */
    public List<Candidate> inputsRefusedByFaults(ReplayOptions options, Predicate<Candidate> filter)
            throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<Candidate> found = new ArrayList<>();
        partitions.execute(journal.ranges().stream().map(ReplayRange::fromBeginning).toList(), range -> {
            JournalDecoder decoder = new JournalDecoder(cluster.registry());
            List<Candidate> rejected = new ArrayList<>();
            partitions.read(range, record -> {
                JournalEntry entry = decoder.decode(record).avro();
                if (entry.getReason() == Reason.INTERNAL_ERROR && entry.getInput() != null) {
                    rejected.add(new Candidate(SourceRecord.of(entry.getInput(), record.key()),
                            new EntryId(record.partition(), entry.getNumber()).toString(), entry.getReason().name(),
                            entry.getDetail(), Optional.empty()));
                }
                return true;
            });
            return rejected;
        }).forEach(found::addAll);
        return markRetried(found.stream().filter(filter).toList());
    }

    private List<Candidate> markRetried(List<Candidate> found) {
        Set<String> retried = new HashSet<>();
        if (!found.isEmpty()) {
            readAll(Topic.inputs(), record -> header(record.headers(), HEADER).ifPresent(retried::add));
        }
        return found.stream().map(candidate -> !retried.contains(original(candidate)) ? candidate
                : new Candidate(candidate.origin(), candidate.entry(), candidate.reason(), candidate.detail(),
                        Optional.of("it was put back before"))).toList();
    }

    private static Optional<String> header(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The entry of the first record in a chain of retries. */
    private static String original(Candidate candidate) {
        return candidate.origin().headers().stream().filter(header -> header.name().equals(HEADER)).findFirst()
                .flatMap(SourceRecord.SourceHeader::value).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseGet(candidate::entry);
    }

    /** Puts the inputs back, on the partition of their key; returns the new coordinates. */
    public List<String> send(List<Candidate> candidates, Producer<byte[], byte[]> producer)
            throws InterruptedException {
        List<String> sent = new ArrayList<>();
        for (Candidate candidate : candidates) {
            SourceRecord origin = candidate.origin();
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(origin.topic(), origin.key().orElse(null),
                    origin.value().orElse(null));
            origin.headers().stream().filter(header -> !header.name().equals(HEADER)).forEach(header ->
                    record.headers().add(header.name(), header.value().orElse(null)));
            record.headers().add(HEADER, original(candidate).getBytes(StandardCharsets.UTF_8));
            try {
                RecordMetadata metadata = producer.send(record).get();
                sent.add(RootLocaleText.format("%s-%d@%d", metadata.topic(), metadata.partition(),
                        metadata.offset()));
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        RootLocaleText.format("the brokers did not accept %s; %d inputs were put back before it: %s",
                                origin, sent.size(), e.getCause().getMessage()), e);
            }
        }
        return sent;
    }

    private void readAll(List<Topic> topics, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        try (var consumer = cluster.consumer()) {
            List<TopicPartition> all = topics.stream().flatMap(topic ->
                    consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(handler);
            }
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
