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

/** Decides journalled inputs again, as the service would with these rules. Not safe for use by several threads. */
final class Redecider {

    private final Map<Policy, OfferEngine> engines = new HashMap<>();
    private final OutputEncoder outbox;

    Redecider() {
        // a registry of its own: sizes do not depend on ids, and a question registers nothing
        this.outbox = new OutputEncoder(new InMemoryRegistry(), new JournalMapping.DecidedBy("", ""), Projection.all(Locale.ENGLISH));
    }

    /** The entry that follows now from what was asked then, on this state; nothing if nothing falls due. */
    Optional<Entry> again(JournalRecord record, DecodedEntry.OfferEntry line, OfferState state, Policy policy) {
        OfferEngine engine = engines.computeIfAbsent(policy, OfferEngine::new);
        return line.entry().envelope().map(ask -> taken(engine, record, line, ask, state))
                .or(() -> engine.advance(state, line.entry().clock()));
    }

    private Entry taken(OfferEngine engine, JournalRecord record, DecodedEntry.OfferEntry line, CommandEnvelope ask, OfferState state) {
        Instant appendedAt = line.written().getInput().getAppendedAt();
        try {
            Entry entry = engine.decide(state, ask, appendedAt);
            if (line.entry().decision() instanceof Decision.Rejected no && no.reason() == Reason.TOO_LARGE) {
                SourceRecord origin = SourceRecord.of(line.written().getInput(), record.key());
                outbox.encode(new Transition(Optional.of(origin), state, entry, OfferEvolver.apply(state, entry)),
                        new OutputKey(record.partition(), record.key()));
            }
            return entry;
        } catch (OutputEncoder.TooLargeException e) {
            return FallbackEntries.tooLarge(state, ask, appendedAt, e);
        } catch (KafkaException | ReplayHaltedException e) {
            throw e;
        } catch (RuntimeException e) {
            return FallbackEntries.internal(state, ask, appendedAt);
        }
    }

    /** Whether an entry is a due time whose advance failed in the release of then: nothing was decided. */
    static boolean putOff(Entry entry) {
        return entry.envelope().isEmpty() && entry.decision() instanceof Decision.Rejected;
    }
}
