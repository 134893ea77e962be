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

/** Understands the journal's records, or stops at the first that it does not. Not safe for use by several threads. */
public final class JournalDecoder {

    private static final String UPGRADE = "Replay with a release that is at least as new as the one that wrote it";
    private static final String RESTORE = "Restore the registry's content from its backup, and replay again";

    private final SchemaRegistry registry;
    private final AvroDecoder decoder;
    private final InputMapping mapping = new InputMapping();
    private final Set<Integer> known = new HashSet<>();

    public JournalDecoder(SchemaRegistry registry) {
        this.registry = registry;
        this.decoder = new AvroDecoder(registry);
    }

    /**
     * The line of a record.
     *
     * @throws ReplayHaltedException if it cannot be understood in full
     * @throws RegistryUnavailableException if the registry gave no answer, which says nothing about the record
     */
    public DecodedEntry read(JournalRecord record) {
        JournalEntry written = entry(record);
        try {
            return line(record, written);
        } catch (ReplayHaltedException | RegistryUnavailableException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            throw new ReplayHaltedException(record, "its input was written with a schema that is gone: " + e.getMessage(),
                    RESTORE);
        } catch (RuntimeException e) {
            throw new ReplayHaltedException(record, "this release does not understand it: " + message(e), UPGRADE);
        }
    }

    private JournalEntry entry(JournalRecord record) {
        byte[] value = record.value().orElseThrow(() -> new ReplayHaltedException(record, "it has no value",
                "Nothing of ours writes such a record: find out who may write to the journal"));
        try {
            int id = WireFormat.schemaId(value);
            if (!known.contains(id)) {
                Schema writer = registry.schemaById(id);
                UnknownSchemaCheck.than(writer, Topic.OFFER_JOURNAL.schema()).ifPresent(what -> {
                    throw new ReplayHaltedException(record, "a newer release wrote it: " + what, UPGRADE);
                });
                known.add(id);
            }
            return (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, value);
        } catch (ReplayHaltedException | RegistryUnavailableException e) {
            throw e;
        } catch (UnknownSchemaException e) {
            throw new ReplayHaltedException(record, "the schema that it was written with is gone: " + e.getMessage(),
                    RESTORE);
        } catch (RuntimeException e) {
            throw new ReplayHaltedException(record, "it cannot be read: " + message(e),
                    "Find out who may write to the journal; if it was a newer release of ours, replay with that one");
        }
    }

    private DecodedEntry line(JournalRecord record, JournalEntry written) {
        if (written.getKind() == EntryKind.UNKNOWN || written.getResult() == EntryResult.UNKNOWN) {
            throw new ReplayHaltedException(record, "a newer release wrote it: its kind or result is not known", UPGRADE);
        }
        if (written.getKind() == EntryKind.POLICY) {
            return new DecodedEntry.PolicyEntry(written, JournalMapping.policy(written));
        }
        return JournalMapping.fromAvro(written, this::ask)
                .<DecodedEntry>map(entry -> new DecodedEntry.OfferEntry(written, offer(record), entry))
                .orElseGet(() -> new DecodedEntry.QuarantineEntry(written));
    }

    private CommandEnvelope ask(JournalInput input) {
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
