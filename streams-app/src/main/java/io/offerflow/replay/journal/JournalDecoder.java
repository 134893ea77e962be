package io.offerflow.replay.journal;

import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.WireFormat;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Decodes journal records, and halts the replay at one that it does not know in full. For one thread. */
public final class JournalDecoder {

    private static final String UPGRADE = "Replay with a release that is at least as new as the one that wrote it";
    private static final String RESTORE = "Restore the registry's content from its backup, and replay again";

    private final SchemaRegistry registry;
    private final AvroDecoder decoder;
    private final InputMapping mapping = new InputMapping();
    private final Set<Integer> checkedSchemas = new HashSet<>();

    public JournalDecoder(SchemaRegistry registry) {
        this.registry = registry;
        this.decoder = new AvroDecoder(registry);
    }

    /**
     * Decodes a record.
     *
     * @throws ReplayHaltedException if it cannot be decoded in full
     * @throws RegistryUnavailableException if the registry does not answer; the record may be valid
     */
    public DecodedEntry decode(JournalRecord record) {
        JournalEntry avro = avroEntry(record);
        try {
            return entry(record, avro);
        } catch (ReplayHaltedException | RegistryUnavailableException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            throw new ReplayHaltedException(record,
                    "its input was written with a schema that the registry does not have: " + e.getMessage(), RESTORE);
        } catch (RuntimeException e) {
            throw new ReplayHaltedException(record, "this release cannot decode it: " + message(e), UPGRADE);
        }
    }

    private JournalEntry avroEntry(JournalRecord record) {
        byte[] value = record.value().orElseThrow(() -> new ReplayHaltedException(record, "it has no value",
                "Offerflow writes no record of this kind: find out who may write to the journal"));
        try {
            int id = WireFormat.schemaId(value);
            if (!checkedSchemas.contains(id)) {
                Schema writer = registry.schemaById(id);
                UnknownSchemaCheck.unknownPart(writer, Topic.OFFER_JOURNAL.schema()).ifPresent(part -> {
                    throw new ReplayHaltedException(record, "a newer release wrote it: " + part, UPGRADE);
                });
                checkedSchemas.add(id);
            }
            return (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, value);
        } catch (ReplayHaltedException | RegistryUnavailableException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            throw new ReplayHaltedException(record,
                    "it was written with a schema that the registry does not have: " + e.getMessage(), RESTORE);
        } catch (RuntimeException e) {
            throw new ReplayHaltedException(record, "it cannot be read: " + message(e),
                    "Find out who may write to the journal; if a newer release wrote it, replay with that release");
        }
    }

    private DecodedEntry entry(JournalRecord record, JournalEntry avro) {
        if (avro.getKind() == EntryKind.UNKNOWN || avro.getResult() == EntryResult.UNKNOWN) {
            throw new ReplayHaltedException(record, "a newer release wrote it: its kind or result is unknown",
                    UPGRADE);
        }
        if (avro.getKind() == EntryKind.POLICY) {
            return new DecodedEntry.PolicyEntry(avro, JournalMapping.policy(avro));
        }
        if (avro.getKind() == EntryKind.POSITION) {
            return new DecodedEntry.PositionEntry(avro);
        }
        return JournalMapping.fromAvro(avro, this::envelope)
                .<DecodedEntry>map(entry -> new DecodedEntry.OfferEntry(avro, offer(record), entry))
                .orElseGet(() -> new DecodedEntry.QuarantineEntry(avro));
    }

    private CommandEnvelope envelope(JournalInput input) {
        return JournalMapping.envelope(input, mapping, decoder::decode);
    }

    private static OfferKey offer(JournalRecord record) {
        return record.key().flatMap(key -> OfferKey.parse(new String(key, StandardCharsets.UTF_8))).orElseThrow(() ->
                new ReplayHaltedException(record, "its key is not publisherId/offerId",
                        "Find out who may write to the journal"));
    }

    private static String message(RuntimeException e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }
}
