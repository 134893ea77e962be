package io.offerflow.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Short forms of statements with parameters. */
final class Sql {

    private static final int FETCH_SIZE = 5_000;

    private Sql() {
    }

    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    static <T> List<T> query(Connection database, String sql, RowMapper<T> mapper, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(database, sql, parameters)) {
            statement.setFetchSize(FETCH_SIZE);
            List<T> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(mapper.map(found));
                }
            }
            return rows;
        }
    }

    static int update(Connection database, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(database, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a statement for each list of parameters, in one batch. */
    static void updateAll(Connection database, String sql, List<Object[]> parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (Object[] row : parameters) {
                set(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static PreparedStatement prepare(Connection database, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = database.prepareStatement(sql);
        set(statement, parameters);
        return statement;
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == null) {
                statement.setNull(i + 1, Types.BINARY);
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }
}
