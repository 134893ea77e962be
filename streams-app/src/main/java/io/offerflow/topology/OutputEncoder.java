package io.offerflow.topology;

import io.offerflow.avro.CutPart;
import io.offerflow.avro.InputPosition;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.OriginalHeader;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.codec.EntryId;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.topology.InputReader.ReadResult.Undecodable;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Encodes all records that follow from an entry before anything is written. */
public final class OutputEncoder {

    /** An output does not fit into a record of its topic. */
    public static final class TooLargeException extends RuntimeException {
        TooLargeException(String message) {
            super(message);
        }
    }

    static final int ROOM_FOR_KEY_AND_HEADERS = 16 * 1024;

    private final AvroEncoder encoder;
    private final JournalMapping journal;
    private final List<Projection> projections;

    public OutputEncoder(SchemaRegistry registry, JournalMapping.DecidedBy decidedBy, List<Projection> projections) {
        this.encoder = new AvroEncoder(registry, Topic.outputs());
        this.journal = new JournalMapping(decidedBy);
        this.projections = projections;
    }

    /**
     * The journal entry and the records of all projections of a transition.
     *
     * @param number of the journal entry
     * @param key with the partition that all records go to
     * @throws TooLargeException if one of them does not fit into a record of its topic
     */
    public List<OutputRecord> encode(long number, Transition transition, OutputKey key) {
        Instant at = transition.entry().clock();
        CloudEvents events = new CloudEvents(new EntryId(key.partition(), number), at,
                transition.source().flatMap(SourceRecord::traceparent));
        List<OutputRecord> records = new ArrayList<>();
        records.add(record(Topic.OFFER_JOURNAL, key,
                Optional.of(journal.toAvro(number, transition.entry(), transition.source())), at,
                new RecordHeaders()));
        for (Projection projection : projections) {
            for (Projection.OutputRow row : projection.values().apply(transition)) {
                records.add(record(projection.topic(), key.part(row.part()), row.value(), at,
                        events.headers(projection.topic(), records.size())));
            }
        }
        return records;
    }

    /** The journal entry and the quarantine record of an input that could not be read. */
    public List<OutputRecord> encode(long number, SourceRecord source, Undecodable cause, OutputKey key) {
        Instant at = source.appendedAt();
        return List.of(
                record(Topic.OFFER_JOURNAL, key, Optional.of(journal.quarantined(number, source,
                        detail(source, cause))), at, new RecordHeaders()),
                record(Topic.QUARANTINE, key, Optional.of(quarantined(source, cause)), at,
                        new CloudEvents(new EntryId(key.partition(), number), at, source.traceparent())
                                .headers(Topic.QUARANTINE, 1)));
    }

    /** The journal entry that records the policy that decides from here on. */
    OutputRecord encode(long number, Policy policy, Instant at, int partition) {
        return ofPartition(journal.policy(number, policy, at), at, partition);
    }

    /** The journal entry that records where inputs are taken from here on. */
    OutputRecord encode(long number, List<InputPosition> positions, Instant at, int partition) {
        return ofPartition(journal.positions(number, positions, at), at, partition);
    }

    private OutputRecord ofPartition(JournalEntry entry, Instant at, int partition) {
        return record(Topic.OFFER_JOURNAL, new OutputKey(partition, Optional.empty()), Optional.of(entry), at,
                new RecordHeaders());
    }

    private static String detail(SourceRecord source, Undecodable cause) {
        String parts = source.cut().stream().map(SourceRecord.Cut::toString).collect(Collectors.joining(", "));
        return RootLocaleText.format("%s: %s%s", cause.reason(), cause.detail(),
                parts.isEmpty() ? "" : "; not kept whole: " + parts);
    }

    private static QuarantinedRecord quarantined(SourceRecord source, Undecodable cause) {
        QuarantinedRecord quarantined = new QuarantinedRecord();
        quarantined.setSource(source.coordinates());
        quarantined.setAppendedAt(source.appendedAt());
        quarantined.setReason(cause.reason());
        quarantined.setDetail(cause.detail());
        quarantined.setAdvice(cause.advice());
        quarantined.setCommandId(cause.commandId().orElse(null));
        quarantined.setKey(source.key().map(ByteBuffer::wrap).orElse(null));
        quarantined.setValue(source.value().map(ByteBuffer::wrap).orElse(null));
        quarantined.setHeaders(source.headers().stream().map(header ->
                new OriginalHeader(header.name(), header.value().map(ByteBuffer::wrap).orElse(null))).toList());
        quarantined.setCut(source.cut().stream()
                .map(cut -> new CutPart(cut.part().label(), cut.size(), cut.sha256())).toList());
        return quarantined;
    }

    private OutputRecord record(Topic topic, OutputKey key, Optional<IndexedRecord> value, Instant at,
            Headers headers) {
        byte[] bytes = value.map(row -> encoder.encode(topic, row)).orElse(null);
        if (bytes != null && bytes.length > topic.maxMessageBytes() - ROOM_FOR_KEY_AND_HEADERS) {
            throw new TooLargeException(RootLocaleText.format("a record for %s would have %,d bytes", topic.topicName(),
                    bytes.length));
        }
        return new OutputRecord(topic, new Record<>(key, bytes, at.toEpochMilli(), headers));
    }

    /** CloudEvents 1.0 attributes in Kafka's binary mode; none are needed to understand a value. */
    private static final class CloudEvents {

        private static final Header VERSION = header("ce_specversion", "1.0");
        private static final Header SOURCE = header("ce_source", "/offerflow");
        private static final Header CONTENT_TYPE = header("content-type", "application/avro");

        private static final Map<Topic, Header> TYPES = new EnumMap<>(Topic.class);

        static {
            Topic.outputs().forEach(topic -> TYPES.put(topic, header("ce_type", topic.schema().getFullName())));
        }

        private final EntryId cause;
        private final Header time;
        private final Optional<Header> trace;

        /** Headers of the records with one cause. */
        CloudEvents(EntryId cause, Instant at, Optional<String> trace) {
            this.cause = cause;
            this.time = header("ce_time", at.toString());
            this.trace = trace.map(context -> header("traceparent", context));
        }

        /** @param count of the records that follow from the cause, from 1 */
        Headers headers(Topic topic, int count) {
            Headers headers = new RecordHeaders().add(VERSION).add(header("ce_id", cause.event(count))).add(SOURCE)
                    .add(TYPES.get(topic)).add(time).add(CONTENT_TYPE);
            trace.ifPresent(headers::add);
            return headers;
        }

        private static Header header(String name, String text) {
            return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
