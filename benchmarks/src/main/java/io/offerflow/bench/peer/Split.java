package io.offerflow.bench.peer;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.state.row.RowKey;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** The key of a row as columns: the service's stores have it in one piece. */
record Split(byte[] offer, short kind, byte[] name) {

    static Split of(byte[] offer, RowKey key) {
        byte[] whole = StateCodec.key(offer, key);
        return new Split(offer, whole[offer.length + 1], Arrays.copyOfRange(whole, offer.length + 2, whole.length));
    }

    static byte[] whole(byte[] offer, short kind, byte[] name) {
        return ByteBuffer.allocate(offer.length + 2 + name.length).put(offer).put((byte) 0).put((byte) kind).put(name)
                .array();
    }

    void into(PreparedStatement statement, Optional<byte[]> value) throws SQLException {
        statement.setBytes(1, offer);
        statement.setShort(2, kind);
        statement.setBytes(3, name);
        if (value.isPresent()) {
            statement.setBytes(4, value.get());
        }
        statement.addBatch();
    }
}
