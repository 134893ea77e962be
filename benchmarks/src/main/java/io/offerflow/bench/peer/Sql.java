package io.offerflow.bench.peer;

import java.sql.SQLException;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.StatementConfiguration;

/** Runs statements with parameters. It never asks the server for types of parameters: that is a round trip. */
final class Sql extends QueryRunner {

    static final Sql RUNNER = new Sql();
    private static final int FETCH_SIZE = 5_000;

    private Sql() {
        super(null, true, new StatementConfiguration.Builder().fetchSize(FETCH_SIZE).build());
    }

    /** Leaves the parameters, which can be megabytes, out of the message. */
    @Override
    protected void rethrow(SQLException cause, String sql, Object... parameters) throws SQLException {
        throw cause;
    }
}
