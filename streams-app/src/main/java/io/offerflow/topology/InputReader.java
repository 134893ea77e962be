package io.offerflow.topology;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Utils;

/** Decodes an input record: checks size, key and partition, then reads the value; explains why where it cannot. */
public final class InputReader {

    /** Largest key that is read, in bytes: publisher and offer id have at most 50 characters each. */
    static final int KEY_MAX_BYTES = 1024;

    private static final String FIX_KEY = "Send it again with the key publisherId/offerId of its own fields, in UTF-8.";
    private static final String FIX_BYTES =
            "Write values with a schema registry serializer (magic byte 0, schema id, Avro binary) and send it again.";

    /** The result of reading a record. */
    public sealed interface ReadResult {
        /** A command to an offer. */
        record Decoded(OfferKey key, CommandEnvelope envelope) implements ReadResult {
        }

        /** A record that cannot be read, with the reason and what to do. */
        record Undecodable(QuarantineReason reason, String detail, String advice, Optional<String> commandId)
                implements ReadResult {
        }
    }

    private final AvroDecoder decoder;
    private final InputMapping mapping = new InputMapping();
    private final int partitions;
    private final int valueMaxBytes;

    /**
     * Creates a reader for one task; it is not safe for use by several threads.
     *
     * @param partitions number of partitions of every topic
     * @param valueMaxBytes largest value that is read, in bytes
     */
    public InputReader(SchemaRegistry registry, int partitions, int valueMaxBytes) {
        this.decoder = new AvroDecoder(registry);
        this.partitions = partitions;
        this.valueMaxBytes = valueMaxBytes;
    }

    /**
     * Reads a record.
     *
     * @return the command, or why the record goes to quarantine; a record that cannot be read is not an exception
     * @throws io.offerflow.contract.registry.RegistryUnavailableException if the registry does not answer: the record
     *     may be read later
     */
    public ReadResult read(SourceRecord source) {
        if (source.key().isEmpty()) {
            return wrongPlace(QuarantineReason.MISSING_KEY, "the record has no key", FIX_KEY, source);
        }
        if (source.value().isEmpty()) {
            return unreadable(QuarantineReason.MISSING_VALUE, "the record has no value",
                    "Nothing is deleted by tombstones here: send DeleteDraft, or nothing at all.");
        }
        byte[] key = source.key().get();
        byte[] value = source.value().get();
        if (key.length > KEY_MAX_BYTES || value.length > valueMaxBytes) {
            return unreadable(QuarantineReason.TOO_LARGE,
                    RootLocaleText.format("key of %,d and value of %,d bytes, more than %,d and %,d", key.length,
                            value.length,
                            KEY_MAX_BYTES, valueMaxBytes),
                    "Send less at once; large lists have commands that take them in chunks.");
        }
        Optional<OfferKey> offer = utf8(key).flatMap(OfferKey::parse);
        if (offer.isEmpty()) {
            return wrongPlace(QuarantineReason.WRONG_KEY, "the key is not publisherId/offerId", FIX_KEY, source);
        }
        int expected = Utils.toPositive(Utils.murmur2(key)) % partitions;
        if (expected != source.partition()) {
            return wrongPlace(QuarantineReason.WRONG_PARTITION,
                    RootLocaleText.format("key %s belongs to partition %d of %d, but is in %d", offer.get(), expected,
                            partitions, source.partition()),
                    "Partition by murmur2 of the key as Java's clients do; with librdkafka set "
                            + "partitioner=murmur2_random. Then send it again.", source);
        }
        return value(source, offer.get(), value);
    }

    private ReadResult value(SourceRecord source, OfferKey key, byte[] value) {
        Topic topic = Topic.named(source.topic()).orElseThrow();
        try {
            InputMapping.DecodedInput input = mapping.fromAvro(decoder.decode(topic, value));
            if (!input.key().equals(key)) {
                return new ReadResult.Undecodable(QuarantineReason.WRONG_KEY,
                        RootLocaleText.format("the key says %s, the value %s",
                        key, input.key()), FIX_KEY, Optional.of(input.envelope().commandId()));
            }
            return new ReadResult.Decoded(key, input.envelope());
        } catch (NotWireFormatException e) {
            return unreadable(QuarantineReason.FOREIGN_BYTES, e.getMessage(), FIX_BYTES);
        } catch (UnknownSchemaException e) {
            return unreadable(QuarantineReason.UNKNOWN_SCHEMA, e.getMessage(),
                    "Register the schema at the registry that this service uses, then have the record retried.");
        } catch (UnreadableValueException e) {
            return undecodable(topic, value, e);
        }
    }

    private ReadResult undecodable(Topic topic, byte[] value, UnreadableValueException e) {
        Optional<GenericRecord> salvaged = decoder.salvage(value);
        Optional<String> commandId = commandId(salvaged);
        if (e.fault() == UnreadableValueException.Cause.BROKEN) {
            return new ReadResult.Undecodable(QuarantineReason.UNREADABLE, e.getMessage(), FIX_BYTES, commandId);
        }
        return salvaged.filter(envelope -> envelope.getSchema().getFullName().equals(topic.schema().getFullName()))
                .flatMap(envelope -> field(envelope, "payload")).filter(GenericRecord.class::isInstance)
                .map(payload -> ((GenericRecord) payload).getSchema()).filter(payload -> !known(topic, payload))
                .map(unknown -> new ReadResult.Undecodable(QuarantineReason.UNKNOWN_COMMAND,
                        RootLocaleText.format("this release knows no command %s on %s", unknown.getName(),
                                topic.topicName()),
                        "Upgrade the service first, then have the record retried.", commandId)) // V30, B39
                .orElseGet(() -> new ReadResult.Undecodable(QuarantineReason.WRONG_SCHEMA, e.getMessage(),
                        RootLocaleText.format("Write it with a schema of subject %s and send it again.",
                                topic.subject()),
                        commandId));
    }

    private static Optional<Object> field(GenericRecord envelope, String name) {
        return envelope.hasField(name) ? Optional.ofNullable(envelope.get(name)) : Optional.empty();
    }

    private static boolean known(Topic topic, Schema payload) {
        return topic.schema().getField("payload").schema().getTypes().stream()
                .anyMatch(branch -> branch.getFullName().equals(payload.getFullName()));
    }

    /** A record with a wrong key or partition: its command id is reported if the value can be read that far. */
    private ReadResult wrongPlace(QuarantineReason reason, String detail, String advice, SourceRecord source) {
        Optional<byte[]> value = source.value().filter(bytes -> bytes.length <= valueMaxBytes);
        try {
            return new ReadResult.Undecodable(reason, detail, advice, commandId(value.flatMap(decoder::salvage)));
        } catch (NotWireFormatException | UnknownSchemaException | RegistryUnavailableException unknown) {
            return unreadable(reason, detail, advice);
        }
    }

    private static Optional<String> commandId(Optional<GenericRecord> envelope) {
        return envelope.flatMap(salvaged -> field(salvaged, "commandId")).filter(CharSequence.class::isInstance)
                .map(Object::toString);
    }

    private static ReadResult unreadable(QuarantineReason reason, String detail, String advice) {
        return new ReadResult.Undecodable(reason, detail, advice, Optional.empty());
    }

    private static Optional<String> utf8(byte[] key) {
        String utf8 = new String(key, StandardCharsets.UTF_8);
        return Arrays.equals(utf8.getBytes(StandardCharsets.UTF_8), key) ? Optional.of(utf8) : Optional.empty();
    }
}
