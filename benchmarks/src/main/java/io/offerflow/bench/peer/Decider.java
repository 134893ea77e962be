package io.offerflow.bench.peer;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.Origin;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.Faults;
import io.offerflow.topology.InputReader;
import io.offerflow.topology.InputReader.Read;
import io.offerflow.topology.Moment;
import io.offerflow.topology.Outbox;
import io.offerflow.topology.Outbox.Letter;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.Settings;
import io.offerflow.topology.outputs.Projection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides one input with the service's own rules, codec and outputs; only where the state lies is another matter. */
final class Decider {

    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    private final Settings settings;
    private final OfferEngine engine;
    private final InputReader reader;
    private final Outbox outbox;

    Decider(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.engine = new OfferEngine(settings.policy());
        this.reader = new InputReader(registry, settings.partitions(), settings.inputMaxBytes());
        this.outbox = new Outbox(registry, new JournalMapping.Decider(settings.build(), settings.policy().id()),
                Projection.all(settings.notificationLocale()));
    }

    Policy policy() {
        return settings.policy();
    }

    Read read(Origin origin) {
        try {
            return reader.read(origin);
        } catch (RegistryUnavailableException e) {
            throw e; // says nothing about the record: the batch is tried again
        } catch (RuntimeException e) {
            LOG.error("cannot read {} because of a fault in this release", origin, e);
            return new Read.Unreadable(QuarantineReason.UNREADABLE, "a fault in this release: " + e,
                    "Report it, and have the record retried by a release that mends it.", Optional.empty());
        }
    }

    /** What follows from an input that could be read; the offer is changed by it. */
    List<Letter> decide(Origin origin, Read.Readable input, StoredOffer offer) {
        OfferState before = offer.state();
        try {
            return taken(origin, offer, before, engine.take(before, input.ask(), origin.appendedAt()));
        } catch (Outbox.TooLargeException e) {
            return taken(origin, offer, before, Faults.tooLarge(before, input.ask(), origin.appendedAt(), e));
        } catch (DatabaseException e) {
            throw e; // a database that cannot be read says nothing about the command
        } catch (RuntimeException e) {
            LOG.error("cannot decide {} because of a fault in this release; the offer is as it was", origin, e);
            return taken(origin, offer, before, Faults.internal(before, input.ask(), origin.appendedAt()));
        }
    }

    private List<Letter> taken(Origin origin, StoredOffer offer, OfferState before, Entry entry) {
        OfferState after = Evolution.apply(before, entry);
        List<Letter> letters = outbox.letters(new Moment(Optional.of(origin), before, entry, after),
                new OutputKey(origin.partition(), origin.key()));
        offer.changed(after);
        return letters;
    }

    List<Letter> quarantine(Origin origin, Read.Unreadable why) {
        LOG.warn("quarantined {}: {}, {}", origin, why.reason(), why.detail());
        return outbox.letters(origin, why, new OutputKey(origin.partition(), origin.key()));
    }

    /** What follows from the passing of time. */
    List<Letter> advance(StoredOffer offer, Instant until, int partition) {
        OfferState before = offer.state();
        Optional<Entry> due = engine.advance(before, until);
        if (due.isEmpty()) {
            return List.of();
        }
        OfferState after = Evolution.apply(before, due.get());
        List<Letter> letters = outbox.letters(new Moment(Optional.empty(), before, due.get(), after),
                new OutputKey(partition, Optional.of(offer.id())));
        offer.changed(after);
        return letters;
    }

    /** The line that names the policy of what follows. */
    Letter policy(Instant at, int partition) {
        return outbox.letter(settings.policy(), at, partition);
    }

    /** The database did not do what it was asked. */
    static final class DatabaseException extends RuntimeException {
        DatabaseException(SQLException cause) {
            super("the database failed: " + cause.getMessage(), cause);
        }
    }
}
