package io.offerflow.domain.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Short digests that are the same in every process and release. */
public final class StableHash {

    private StableHash() {
    }

    /** The first eight bytes of the SHA-256 of the bytes. */
    public static long of(byte[] bytes) {
        MessageDigest sha256 = sha256();
        sha256.update(bytes);
        return of(sha256);
    }

    /** The same of the bytes that a SHA-256 was given. */
    static long of(MessageDigest sha256) {
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
