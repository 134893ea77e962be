package io.offerflow.bench.peer;

import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes a batch in one transaction: one query for what the batch is about, everything decided in memory in the order of
 * the batch, then multi-row statements for offers, rows, outbox and offsets, and the commit.
 */
final class Worker {

    private static final int DUE_AT_ONCE = 100;

    /** An input, read. */
    private record Input(SourceRecord origin, ReadResult read) {
    }

    private final Connection database;
    private final Decider decider;
    private final StateCodec codec = new StateCodec();
    private final Tables tables;
    private final OutboxTable outbox;
    private final Offsets offsets;
    private final Set<Integer> policyRecorded = new HashSet<>();

    /**
     * @param database without auto-commit, and used by nobody else
     */
    Worker(Connection database, Decider decider) {
        this.database = database;
        this.decider = decider;
        this.tables = new Tables(database);
        this.outbox = new OutboxTable(database);
        this.offsets = new Offsets(database);
    }

    /** Where an input goes on. */
    long open(TopicPartition partition) throws SQLException {
        long next = offsets.open(partition);
        database.commit();
        return next;
    }

    /** Takes these inputs, all or none of them. */
    void take(List<SourceRecord> batch) throws SQLException {
        try {
            List<Input> inputs = batch.stream().map(origin -> new Input(origin, decider.read(origin))).toList();
            Map<OfferKey, StoredOffer> offers = new LinkedHashMap<>();
            load(offers, inputs);
            List<OutputRecord> letters = new ArrayList<>();
            Map<TopicPartition, Long> next = new HashMap<>();
            for (Input input : inputs) {
                SourceRecord origin = input.origin();
                List<OutputRecord> made = switch (input.read()) {
                    case ReadResult.Undecodable why -> decider.quarantine(origin, why);
                    case ReadResult.Decoded readable -> decider.decide(origin, readable, offers.get(readable.key()));
                };
                recordPolicy(origin.partition(), made, letters);
                letters.addAll(made);
                next.put(new TopicPartition(origin.topic(), origin.partition()), origin.offset() + 1);
            }
            offsets.advance(next);
            write(offers.values(), letters);
            database.commit();
            offsets.advanced(next);
        } catch (SQLException | RuntimeException e) {
            policyRecorded.clear();
            database.rollback();
            throw e;
        }
    }

    /** Helps offers nobody speaks to over their due times. */
    void advanceDue(int partition, Instant until) throws SQLException {
        List<Tables.Due> due = tables.due(partition, until, DUE_AT_ONCE);
        if (!due.isEmpty()) {
            Map<OfferKey, StoredOffer> offers = new LinkedHashMap<>();
            for (Tables.Due one : due) {
                OfferKey key = OfferKey.parse(new String(one.offer(), StandardCharsets.UTF_8)).orElseThrow();
                offers.put(key, new StoredOffer(key, partition, codec, tables));
            }
            load(offers, List.of());
            List<OutputRecord> letters = new ArrayList<>();
            for (StoredOffer offer : offers.values()) {
                List<OutputRecord> made = decider.advance(offer, until, partition);
                recordPolicy(partition, made, letters);
                letters.addAll(made);
            }
            tables.deleteDue(due);
            write(offers.values(), letters);
        }
        database.commit();
    }

    private void write(Collection<StoredOffer> offers, List<OutputRecord> letters) throws SQLException {
        tables.write(offers);
        List<Tables.Due> due = new ArrayList<>();
        for (StoredOffer offer : offers) {
            Optional<Instant> now = OfferEngine.nextDue(offer.facts());
            now.filter(at -> !now.equals(OfferEngine.nextDue(offer.before()))).ifPresent(at ->
                    due.add(new Tables.Due(offer.partition(), at.toEpochMilli(), offer.id())));
        }
        tables.putDue(due);
        outbox.put(letters);
    }

    /** The journal names a policy with every entry; what it says is written before the first entry of a partition. */
    private void recordPolicy(int partition, List<OutputRecord> made, List<OutputRecord> letters) throws SQLException {
        if (made.isEmpty() || !policyRecorded.add(partition)) {
            return;
        }
        String id = decider.policy().id();
        if (tables.policy(partition).filter(id::equals).isEmpty()) {
            tables.putPolicy(partition, id);
            letters.add(decider.policy(Instant.ofEpochMilli(made.getFirst().record().timestamp()), partition));
        }
    }

    private void load(Map<OfferKey, StoredOffer> offers, List<Input> inputs) throws SQLException {
        for (Input input : inputs) {
            if (input.read() instanceof ReadResult.Decoded readable) {
                offers.computeIfAbsent(readable.key(),
                        key -> new StoredOffer(key, input.origin().partition(), codec, tables));
            }
        }
        tables.load(offers);
        offers.values().forEach(StoredOffer::brought);
        List<Tables.Named> named = new ArrayList<>();
        for (Input input : inputs) {
            if (input.read() instanceof ReadResult.Decoded readable) {
                StoredOffer offer = offers.get(readable.key());
                named(offer, readable.envelope()).filter(offer::isNotLookedFor).forEach(row ->
                        named.add(new Tables.Named(readable.key(), row)));
            }
        }
        tables.loadNamed(named.stream().distinct().toList(), offers);
    }

    /** The rows of members and customers that a command is about. */
    private static Stream<RowKey> named(StoredOffer offer, CommandEnvelope ask) {
        return switch (ask.command()) {
            case Command.ByCustomer by -> Stream.concat(Stream.of(new RowKey.CustomerKey(by.planId(), by.customerId())),
                    members(offer, by.planId(), Stream.of(by.customerId())));
            case Command.AddAudienceId add -> members(offer, add.planId(), Stream.of(add.id()));
            case Command.RemoveAudienceId remove -> members(offer, remove.planId(), Stream.of(remove.id()));
            case Command.ImportAudience chunk -> members(offer, chunk.planId(),
                    chunk.rows().stream().map(Command.AudienceRow::id));
            default -> Stream.of();
        };
    }

    private static Stream<RowKey> members(StoredOffer offer, String planId, Stream<String> ids) {
        List<Long> generations = offer.generations(planId);
        return generations.isEmpty() ? Stream.of() : ids.flatMap(id -> generations.stream()
                .map(generation -> new RowKey.AudienceMemberKey(planId, generation, id)));
    }
}
