package io.offerflow.replay.write;

import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.codec.EntryId;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.JournalDecoder;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts inputs back on their topic that could not be read, or that a fault of a release rejected. They are new records,
 * with a header that names the original one; an input that was put back before is left out.
 */
public final class Retry {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ReplayCluster cluster;

    public Retry(ReplayCluster cluster) {
        this.cluster = cluster;
    }

    /** The quarantined inputs that match, oldest first. Writes nothing. */
    public List<RetryCandidate> quarantinedInputs(Predicate<RetryCandidate> filter) {
        List<RetryCandidate> found = new ArrayList<>();
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        readAll(List.of(Topic.QUARANTINE), record -> {
            if (record.value() != null) {
                found.add(RetryCandidate.of((QuarantinedRecord) decoder.decode(Topic.QUARANTINE, record.value()),
                        record.headers()));
            }
        });
        return markRetried(found.stream().filter(filter).toList());
    }

    /** The inputs that were rejected because of a fault, oldest first. Writes nothing. */
    public List<RetryCandidate> inputsRefusedByFaults(ReplayOptions options, Predicate<RetryCandidate> filter)
            throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<RetryCandidate> found = new ArrayList<>();
        partitions.execute(journal.ranges().stream().map(ReplayRange::fromBeginning).toList(), range -> {
            JournalDecoder decoder = new JournalDecoder(cluster.registry());
            List<RetryCandidate> rejected = new ArrayList<>();
            partitions.read(range, record -> {
                JournalEntry entry = decoder.decode(record).avro();
                if (entry.getReason() == Reason.INTERNAL_ERROR && entry.getInput() != null) {
                    rejected.add(new RetryCandidate(SourceRecord.of(entry.getInput(), record.key()),
                            new EntryId(record.partition(), entry.getNumber()).toString(), entry.getReason().name(),
                            entry.getDetail(), Optional.empty()));
                }
                return true;
            });
            return rejected;
        }).forEach(found::addAll);
        return markRetried(found.stream().filter(filter).toList());
    }

    private List<RetryCandidate> markRetried(List<RetryCandidate> found) {
        Map<String, RecordCoordinates> retries = new HashMap<>();
        if (!found.isEmpty()) {
            readAll(Topic.inputs(), record -> RetryCandidate.originalOf(record.headers()).ifPresent(original ->
                    retries.put(original, new RecordCoordinates(record.topic(), record.partition(),
                            record.offset()))));
        }
        return found.stream().map(candidate -> Optional.ofNullable(retries.get(candidate.original()))
                .filter(candidate::isRetriedBy).map(retry -> candidate.blocked("it was put back before"))
                .orElse(candidate)).toList();
    }

    /** Puts the inputs back, on the partition of their key; returns the new coordinates. */
    public List<String> send(List<RetryCandidate> candidates, Producer<byte[], byte[]> producer)
            throws InterruptedException {
        List<String> sent = new ArrayList<>();
        for (RetryCandidate candidate : candidates) {
            try {
                RecordMetadata metadata = producer.send(candidate.record()).get();
                sent.add(RootLocaleText.format("%s-%d@%d", metadata.topic(), metadata.partition(),
                        metadata.offset()));
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        RootLocaleText.format("the brokers did not accept %s; %d inputs were put back before it: %s",
                                candidate.origin(), sent.size(), e.getCause().getMessage()), e);
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
}
