package io.offerflow.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Command ids that are made from the content of a command: the same content has the same id (RFC 9562, version 5). */
public final class NameBasedId {

    /** The namespace of the ids; it never changes, or commands that are known would get new ids. */
    private static final UUID NAMESPACE = UUID.fromString("7b1f7a52-6f0d-4c58-9c0e-2f6d8f0b4a11");

    private NameBasedId() {
    }

    /** The id for these parts in this order. */
    public static UUID of(String... parts) {
        MessageDigest sha1 = sha1();
        sha1.update(bytes(NAMESPACE));
        for (String part : parts) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            // the length keeps ("ab", "c") and ("a", "bc") apart
            sha1.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            sha1.update(utf8);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
        long high = digest.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
        long low = digest.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
