package io.offerflow.topology;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.InstantRange;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** Decodes an input record: checks size, key and partition, then reads the value; explains why where it cannot. */
public final class InputReader {

    /** The result of reading a record. */
    public sealed interface ReadResult {
        /** A command to an offer. */
        record Decoded(OfferKey key, CommandEnvelope envelope) implements ReadResult {
        }

        /** A record that cannot be read, with the reason and what to do; its texts are short. */
        record Undecodable(QuarantineReason reason, String detail, String advice, Optional<String> commandId)
                implements ReadResult {

            private static final int DETAIL_MAX_LENGTH = 1_000;
            private static final int COMMAND_ID_MAX_LENGTH = 100;

            /** Keeps the beginning of a long detail, and no command id that cannot be one. */
            public Undecodable {
                detail = detail.codePointCount(0, detail.length()) <= DETAIL_MAX_LENGTH ? detail
                        : detail.substring(0, detail.offsetByCodePoints(0, DETAIL_MAX_LENGTH)) + "…";
                commandId = commandId.filter(id -> id.length() <= COMMAND_ID_MAX_LENGTH);
            }

            /** A fault in this release, not in the record. */
            static Undecodable fault(String detail) {
                return new Undecodable(QuarantineReason.FAULT, detail, Advice.REPORT.with(), Optional.empty());
            }
        }
    }

    private final AvroDecoder decoder;
    private final UndecodableValue undecodable;
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
        this.undecodable = new UndecodableValue(decoder);
        this.partitions = partitions;
        this.valueMaxBytes = Math.min(valueMaxBytes, Topic.INPUT_MAX_BYTES);
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
            return wrongPlace(QuarantineReason.MISSING_KEY, "the record has no key", Advice.SEND_WITH_KEY, source);
        }
        if (source.value().isEmpty()) {
            return unreadable(QuarantineReason.MISSING_VALUE, "the record has no value", Advice.NO_TOMBSTONES);
        }
        if (source.keySize() > SourceRecord.KEY_MAX_BYTES) {
            return unreadable(QuarantineReason.TOO_LARGE, RootLocaleText.format("key of %,d bytes, more than %,d",
                    source.keySize(), SourceRecord.KEY_MAX_BYTES), Advice.SHORTER_KEY);
        }
        if (source.valueSize() > valueMaxBytes) {
            return unreadable(QuarantineReason.TOO_LARGE, RootLocaleText.format("value of %,d bytes, more than %,d",
                    source.valueSize(), valueMaxBytes), Advice.SEND_LESS);
        }
        if (!InstantRange.contains(source.appendedAt())) {
            return unreadable(QuarantineReason.WRONG_TIME, RootLocaleText.format(
                    "the append time is not before %s", InstantRange.END), Advice.APPEND_TIME);
        }
        byte[] key = source.key().get();
        Optional<OfferKey> offer = utf8(key).flatMap(OfferKey::parse);
        if (offer.isEmpty()) {
            return wrongPlace(QuarantineReason.WRONG_KEY, "the key is not publisherId/offerId",
                    isSchemaEncoded(source, key) ? Advice.PLAIN_KEY : Advice.SEND_WITH_KEY, source);
        }
        int expected = Utils.toPositive(Utils.murmur2(key)) % partitions;
        if (expected != source.partition()) {
            return wrongPlace(QuarantineReason.WRONG_PARTITION,
                    RootLocaleText.format("key %s belongs to partition %d of %d, but is in %d", offer.get(), expected,
                            partitions, source.partition()), Advice.PARTITIONER, source);
        }
        return value(source, offer.get(), source.value().get());
    }

    /** Whether a schema registry serializer wrote the key: its framing, or its header with the id of the schema. */
    private static boolean isSchemaEncoded(SourceRecord source, byte[] key) {
        return key.length > 0 && (key[0] == 0 || key[0] == 1)
                || source.headers().stream().anyMatch(header -> header.name().equals("__key_schema_id"));
    }

    private ReadResult value(SourceRecord source, OfferKey key, byte[] value) {
        Topic topic = Topic.named(source.topic()).orElseThrow();
        try {
            InputMapping.DecodedInput input = mapping.fromAvro(decoder.decode(topic, value));
            if (!input.key().equals(key)) {
                return new ReadResult.Undecodable(QuarantineReason.WRONG_KEY,
                        RootLocaleText.format("the key says %s, the value %s", key, input.key()),
                        Advice.SEND_WITH_KEY.with(), Optional.of(input.envelope().commandId()));
            }
            return new ReadResult.Decoded(key, input.envelope());
        } catch (NotWireFormatException e) {
            return undecodable.notInWireFormat(source, value);
        } catch (UnknownSchemaException e) {
            return undecodable.unknownSchema(source, topic, value, e);
        } catch (UnreadableValueException e) {
            return undecodable.unreadable(topic, value, e);
        }
    }

    /** A record with a wrong key or partition: its command id is reported if the value can be read that far. */
    private ReadResult wrongPlace(QuarantineReason reason, String detail, Advice advice, SourceRecord source) {
        Optional<byte[]> value = source.value().filter(bytes -> bytes.length <= valueMaxBytes);
        try {
            return new ReadResult.Undecodable(reason, detail, advice.with(),
                    UndecodableValue.commandId(value.flatMap(decoder::salvage)));
        } catch (NotWireFormatException | UnknownSchemaException | RegistryUnavailableException unknown) {
            return unreadable(reason, detail, advice);
        }
    }

    private static ReadResult unreadable(QuarantineReason reason, String detail, Advice advice) {
        return new ReadResult.Undecodable(reason, detail, advice.with(), Optional.empty());
    }

    private static Optional<String> utf8(byte[] key) {
        String utf8 = new String(key, StandardCharsets.UTF_8);
        return Arrays.equals(utf8.getBytes(StandardCharsets.UTF_8), key) ? Optional.of(utf8) : Optional.empty();
    }
}
