package io.offerflow.bench.peer;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.FallbackEntries;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.InputReader;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.OutputRecord;
import io.offerflow.topology.TopologySettings;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides one input with the service's own rules, codec and outputs; only where the state lies is another matter. */
final class Decider {

    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    private final TopologySettings settings;
    private final OfferEngine engine;
    private final InputReader reader;
    private final OutputEncoder outbox;

    Decider(TopologySettings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.engine = new OfferEngine(settings.policy());
        this.reader = new InputReader(registry, settings.partitions(), settings.inputMaxBytes());
        this.outbox = new OutputEncoder(registry, new JournalMapping.DecidedBy(settings.build(), settings.policy().id()),
                Projection.all(settings.notificationLocale()));
    }

    Policy policy() {
        return settings.policy();
    }

    ReadResult read(SourceRecord origin) {
        try {
            return reader.read(origin);
        } catch (RegistryUnavailableException e) {
            throw e; // says nothing about the record: the batch is tried again
        } catch (RuntimeException e) {
            LOG.error("cannot read {} because of a fault in this release", origin, e);
            return new ReadResult.Undecodable(QuarantineReason.UNREADABLE, "a fault in this release: " + e,
                    "Report it, and have the record retried by a release that mends it.", Optional.empty());
        }
    }

    /** What follows from an input that could be read; the offer is changed by it. */
    List<OutputRecord> decide(SourceRecord origin, ReadResult.Decoded input, StoredOffer offer) {
        OfferState before = offer.state();
        try {
            return taken(origin, offer, before, engine.decide(before, input.envelope(), origin.appendedAt()));
        } catch (OutputEncoder.TooLargeException e) {
            return taken(origin, offer, before, FallbackEntries.tooLarge(before, input.envelope(), origin.appendedAt(), e));
        } catch (DatabaseException e) {
            throw e; // a database that cannot be read says nothing about the command
        } catch (RuntimeException e) {
            LOG.error("cannot decide {} because of a fault in this release; the offer is as it was", origin, e);
            return taken(origin, offer, before, FallbackEntries.internal(before, input.envelope(), origin.appendedAt()));
        }
    }

    private List<OutputRecord> taken(SourceRecord origin, StoredOffer offer, OfferState before, Entry entry) {
        OfferState after = OfferEvolver.apply(before, entry);
        List<OutputRecord> letters = outbox.encode(new Transition(Optional.of(origin), before, entry, after),
                new OutputKey(origin.partition(), origin.key()));
        offer.changed(after);
        return letters;
    }

    List<OutputRecord> quarantine(SourceRecord origin, ReadResult.Undecodable why) {
        LOG.warn("quarantined {}: {}, {}", origin, why.reason(), why.detail());
        return outbox.encode(origin, why, new OutputKey(origin.partition(), origin.key()));
    }

    /** What follows from the passing of time. */
    List<OutputRecord> advance(StoredOffer offer, Instant until, int partition) {
        OfferState before = offer.state();
        Optional<Entry> due = engine.advance(before, until);
        if (due.isEmpty()) {
            return List.of();
        }
        OfferState after = OfferEvolver.apply(before, due.get());
        List<OutputRecord> letters = outbox.encode(new Transition(Optional.empty(), before, due.get(), after),
                new OutputKey(partition, Optional.of(offer.id())));
        offer.changed(after);
        return letters;
    }

    /** The line that names the policy of what follows. */
    OutputRecord policy(Instant at, int partition) {
        return outbox.encode(settings.policy(), at, partition);
    }

    /** The database did not do what it was asked. */
    static final class DatabaseException extends RuntimeException {
        DatabaseException(SQLException cause) {
            super("the database failed: " + cause.getMessage(), cause);
        }
    }
}
