package io.offerflow.replay;

import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.Origin;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.Ask;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.Policy;
import io.offerflow.domain.Reason;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.Faults;
import io.offerflow.topology.Moment;
import io.offerflow.topology.Outbox;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Decides journalled inputs again, as the service would with these rules. Not safe for use by several threads. */
final class Judge {

    private final Map<Policy, OfferEngine> engines = new HashMap<>();
    private final Outbox outbox;

    Judge() {
        // a registry of its own: sizes do not depend on ids, and a question registers nothing
        this.outbox = new Outbox(new InMemoryRegistry(), new JournalMapping.Decider("", ""), Projection.all(Locale.ENGLISH));
    }

    /** The entry that follows now from what was asked then, on this state; nothing if nothing falls due. */
    Optional<Entry> again(JournalRecord record, Line.OfOffer line, OfferState state, Policy policy) {
        OfferEngine engine = engines.computeIfAbsent(policy, OfferEngine::new);
        return line.entry().ask().map(ask -> taken(engine, record, line, ask, state))
                .or(() -> engine.advance(state, line.entry().now()));
    }

    private Entry taken(OfferEngine engine, JournalRecord record, Line.OfOffer line, Ask ask, OfferState state) {
        Instant appendedAt = line.written().getInput().getAppendedAt();
        try {
            Entry entry = engine.take(state, ask, appendedAt);
            if (line.entry().decision() instanceof Decision.Rejected no && no.reason() == Reason.TOO_LARGE) {
                Origin origin = Origin.of(line.written().getInput(), record.key());
                outbox.letters(new Moment(Optional.of(origin), state, entry, Evolution.apply(state, entry)),
                        new OutputKey(record.partition(), record.key()));
            }
            return entry;
        } catch (Outbox.TooLargeException e) {
            return Faults.tooLarge(state, ask, appendedAt, e);
        } catch (KafkaException | StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            return Faults.internal(state, ask, appendedAt);
        }
    }

    /** Whether an entry is a due time whose advance failed in the release of then: nothing was decided. */
    static boolean putOff(Entry entry) {
        return entry.ask().isEmpty() && entry.decision() instanceof Decision.Rejected;
    }
}
