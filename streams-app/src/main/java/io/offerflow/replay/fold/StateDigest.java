package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a state: of all keys and values in their order, each behind its length. Equal states have equal digests. */
public final class StateDigest implements StateVisitor {

    private final MessageDigest sum;

    public StateDigest() {
        try {
            sum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void policy(byte[] key, byte[] value) {
        add(key);
        add(value);
    }

    @Override
    public void offer(byte[] key, byte[] facts) {
        add(key);
        add(facts);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
        add(key);
        add(value);
    }

    private void add(byte[] bytes) {
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sum.update(bytes);
    }

    /** The digest as hexadecimal digits; the visit is over. */
    public String hex() {
        return HexFormat.of().formatHex(sum.digest());
    }
}
