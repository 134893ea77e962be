package io.offerflow.bench.peer;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The tables of offers and their rows: one query reads all that a batch needs, multi-row statements write it. */
final class Tables implements StoredOffer.Database {

    /** The kinds of which an offer has few rows; members and customers are read by their names, never all. */
    private static final Short[] FEW = {'a', 'e', 'p', 'r', 's', 't', 'u'};

    private static final String SCHEMA = """
            create table if not exists offers (id bytea primary key, facts bytea not null) with (fillfactor = 70);
            create table if not exists rows (offer bytea, kind smallint, name bytea, value bytea not null,
                primary key (offer, kind, name)) with (fillfactor = 80, toast_tuple_target = 8160);
            create table if not exists due (partition int, at bigint, offer bytea, primary key (partition, at, offer));
            create table if not exists policies (partition int primary key, id text not null);
            """;

    private static final String LOAD = """
            select id as offer, null::smallint as kind, null::bytea as name, facts as value
                from offers where id = any(?)
            union all select offer, kind, name, value from rows where offer = any(?) and kind = any(?)
            """;
    private static final String LOAD_NAMED = """
            select r.offer, r.kind, r.name, r.value
            from unnest(?::bytea[], ?::smallint[], ?::bytea[]) as w (offer, kind, name)
            join rows r on r.offer = w.offer and r.kind = w.kind and r.name = w.name
            """;
    private static final String MEMBERS = """
            select name from rows where offer = ? and kind = 109 and name >= ? and name <= ? order by name limit ?
            """;
    private static final String PUT_FACTS = """
            insert into offers (id, facts) values (?, ?) on conflict (id) do update set facts = excluded.facts""";
    private static final String PUT_ROW = """
            insert into rows (offer, kind, name, value) values (?, ?, ?, ?)
            on conflict (offer, kind, name) do update set value = excluded.value""";
    private static final String DELETE_ROW = "delete from rows where offer = ? and kind = ? and name = ?";
    private static final String PUT_DUE = """
            insert into due (partition, at, offer) values (?, ?, ?) on conflict do nothing""";
    private static final String DELETE_DUE = "delete from due where partition = ? and at = ? and offer = ?";
    private static final String DUE = "select at, offer from due where partition = ? and at <= ? order by at, offer limit ?";

    /** An offer to look at, because something was due then. */
    record Due(int partition, long at, byte[] offer) {
    }

    /** A row of an offer. */
    record Named(OfferKey offer, RowKey key) {
    }

    private final Connection database;

    Tables(Connection database) {
        this.database = database;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    /** Reads the facts and the few rows of all these offers, in one query. */
    void load(Map<OfferKey, StoredOffer> offers) throws SQLException {
        byte[][] ids = offers.values().stream().map(StoredOffer::id).toArray(byte[][]::new);
        try (PreparedStatement statement = database.prepareStatement(LOAD)) {
            statement.setArray(1, database.createArrayOf("bytea", ids));
            statement.setArray(2, database.createArrayOf("bytea", ids));
            statement.setArray(3, database.createArrayOf("smallint", FEW));
            found(statement, offers);
        }
    }

    /** Reads rows by their names, in one query; what is not found is known not to be there. */
    void loadNamed(Collection<Named> wanted, Map<OfferKey, StoredOffer> offers) throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        List<Split> splits = new ArrayList<>();
        for (Named row : wanted) {
            offers.get(row.offer()).found(row.key(), Optional.empty());
            splits.add(Split.of(offers.get(row.offer()).id(), row.key()));
        }
        try (PreparedStatement statement = database.prepareStatement(LOAD_NAMED)) {
            statement.setArray(1, array(splits, Split::offer));
            statement.setArray(2, database.createArrayOf("smallint",
                    splits.stream().map(Split::kind).toArray(Short[]::new)));
            statement.setArray(3, array(splits, Split::name));
            found(statement, offers);
        }
    }

    private Array array(List<Split> splits, Function<Split, byte[]> part) throws SQLException {
        return database.createArrayOf("bytea", splits.stream().map(part).toArray(byte[][]::new));
    }

    private static void found(PreparedStatement query, Map<OfferKey, StoredOffer> offers) throws SQLException {
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                byte[] id = found.getBytes(1);
                StoredOffer offer = offers.get(OfferKey.parse(new String(id, StandardCharsets.UTF_8)).orElseThrow());
                short kind = found.getShort(2);
                if (found.wasNull()) {
                    offer.found(found.getBytes(4));
                } else {
                    offer.found(StateCodec.rowKey(Split.whole(id, kind, found.getBytes(3))),
                            Optional.of(found.getBytes(4)));
                }
            }
        }
    }

    @Override
    public Optional<byte[]> row(byte[] offer, RowKey key) {
        Split split = Split.of(offer, key);
        try (PreparedStatement statement = database.prepareStatement(
                "select value from rows where offer = ? and kind = ? and name = ?")) {
            statement.setBytes(1, split.offer());
            statement.setShort(2, split.kind());
            statement.setBytes(3, split.name());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new Decider.DatabaseException(e);
        }
    }

    @Override
    public List<String> members(byte[] offer, String planId, long generation, String after, int most) {
        StateCodec.KeyRange range = StateCodec.members(offer, planId, generation, after);
        int skipped = offer.length + 2;
        try (PreparedStatement statement = database.prepareStatement(MEMBERS)) {
            statement.setBytes(1, offer);
            statement.setBytes(2, Arrays.copyOfRange(range.first(), skipped, range.first().length));
            statement.setBytes(3, Arrays.copyOfRange(range.last(), skipped, range.last().length));
            statement.setInt(4, most);
            List<String> ids = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    ids.add(range.id(Split.whole(offer, (short) 'm', found.getBytes(1))));
                }
            }
            return ids;
        } catch (SQLException e) {
            throw new Decider.DatabaseException(e);
        }
    }

    /** Writes what a batch changed. */
    void write(Collection<StoredOffer> offers) throws SQLException {
        try (PreparedStatement facts = database.prepareStatement(PUT_FACTS);
                PreparedStatement put = database.prepareStatement(PUT_ROW);
                PreparedStatement delete = database.prepareStatement(DELETE_ROW)) {
            for (StoredOffer offer : offers) {
                Optional<byte[]> changed = offer.newFacts();
                if (changed.isPresent()) {
                    facts.setBytes(1, offer.id());
                    facts.setBytes(2, changed.get());
                    facts.addBatch();
                }
                for (Map.Entry<RowKey, Optional<byte[]>> row : offer.newRows().entrySet()) {
                    Split.of(offer.id(), row.getKey()).into(row.getValue().isPresent() ? put : delete, row.getValue());
                }
            }
            facts.executeBatch();
            put.executeBatch();
            delete.executeBatch();
        }
    }

    void putDue(Collection<Due> all) throws SQLException {
        due(PUT_DUE, all);
    }

    void deleteDue(Collection<Due> all) throws SQLException {
        due(DELETE_DUE, all);
    }

    private void due(String sql, Collection<Due> all) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (Due due : all) {
                statement.setInt(1, due.partition());
                statement.setLong(2, due.at());
                statement.setBytes(3, due.offer());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Offers of a partition to look at by a time, at most so many. */
    List<Due> due(int partition, Instant until, int most) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(DUE)) {
            statement.setInt(1, partition);
            statement.setLong(2, until.toEpochMilli());
            statement.setInt(3, most);
            List<Due> all = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    all.add(new Due(partition, found.getLong(1), found.getBytes(2)));
                }
            }
            return all;
        }
    }

    /** The policy that the journal of a partition has last. */
    Optional<String> policy(int partition) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("select id from policies where partition = ?")) {
            statement.setInt(1, partition);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    void putPolicy(int partition, String id) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("""
                insert into policies values (?, ?) on conflict (partition) do update set id = excluded.id""")) {
            statement.setInt(1, partition);
            statement.setString(2, id);
            statement.execute();
        }
    }
}
