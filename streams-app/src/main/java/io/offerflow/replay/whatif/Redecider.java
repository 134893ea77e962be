package io.offerflow.replay.whatif;

import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.topology.FallbackEntries;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides journalled entries again with the rules of this build. Not safe for use by several threads. */
final class Redecider {

    private static final Logger LOG = LoggerFactory.getLogger(Redecider.class);

    private final Map<Policy, OfferEngine> engines = new HashMap<>();
    private final OutputEncoder encoder;

    Redecider() {
        // an in-memory registry: sizes do not depend on schema ids, and what-if must not register schemas
        this.encoder = new OutputEncoder(new InMemoryRegistry(), new JournalMapping.DecidedBy("", ""),
                Projection.all(Locale.ENGLISH));
    }

    /** Decides a recorded entry on a state; empty if the entry has no command and no event is due. */
    Optional<Entry> redecide(JournalRecord record, DecodedEntry.OfferEntry recorded, OfferState state,
            Policy policy) {
        OfferEngine engine = engines.computeIfAbsent(policy, OfferEngine::new);
        return recorded.entry().envelope().map(envelope -> decide(engine, record, recorded, envelope, state))
                .or(() -> engine.advance(state, recorded.entry().clock()));
    }

    private Entry decide(OfferEngine engine, JournalRecord record, DecodedEntry.OfferEntry recorded,
            CommandEnvelope envelope, OfferState state) {
        Instant appendedAt = recorded.avro().getInput().getAppendedAt();
        try {
            Entry entry = engine.decide(state, envelope, appendedAt);
            if (recorded.entry().decision() instanceof Decision.Rejected rejected
                    && rejected.reason() == Reason.TOO_LARGE) {
                SourceRecord origin = SourceRecord.of(recorded.avro().getInput(), record.key());
                encoder.encode(recorded.avro().getNumber(), new Transition(Optional.of(origin), state, entry,
                        OfferEvolver.apply(state, entry)), new OutputKey(record.partition(), record.key()));
            }
            return entry;
        } catch (OutputEncoder.TooLargeException e) {
            return FallbackEntries.tooLarge(state, envelope, appendedAt, e);
        } catch (KafkaException | ReplayHaltedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("cannot decide {} again because of a fault in this release", record.coordinates(), e);
            return FallbackEntries.internal(state, envelope, appendedAt);
        }
    }

    /** Whether an entry records that due events could not be applied because of a fault; it decides nothing. */
    static boolean isFailedAdvance(Entry entry) {
        return entry.envelope().isEmpty() && entry.decision() instanceof Decision.Rejected;
    }
}
