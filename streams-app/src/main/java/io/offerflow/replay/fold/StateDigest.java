package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a state: all keys and values in key order, each prefixed with its length. */
final class StateDigest implements StateVisitor {

    private final MessageDigest sha256;

    StateDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public void policy(byte[] key, byte[] value) {
        add(key);
        add(value);
    }

    @Override
    public void offer(byte[] key, byte[] header) {
        add(key);
        add(header);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
        add(key);
        add(value);
    }

    private void add(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
    }

    /** The digest in hexadecimal; call it once, after the visit. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
