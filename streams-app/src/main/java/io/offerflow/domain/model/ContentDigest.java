package io.offerflow.domain.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Digest of a content tree: the input has the kind and length of every value, so that no two trees give the same bytes.
 */
final class ContentDigest {

    private final MessageDigest sha256 = StableHash.sha256();
    private final ByteBuffer small = ByteBuffer.allocate(1 + Long.BYTES);

    private ContentDigest() {
    }

    static long of(Value value) {
        ContentDigest digest = new ContentDigest();
        digest.write(value);
        return StableHash.of(digest.sha256);
    }

    private void write(Value value) {
        switch (value) {
            case Value.Text text -> write('t', text.text());
            case Value.Bool flag -> write(start(flag.flag() ? 'y' : 'n'));
            case Value.Int number -> write(start('w').putLong(number.number()));
            case Value.Array array -> {
                write(start('i').putInt(array.items().size()));
                array.items().forEach(this::write);
            }
            case Value.Struct struct -> {
                write(start('g').putInt(struct.size()));
                for (int index = 0; index < struct.size(); index++) {
                    write('f', struct.name(index));
                    write(struct.value(index));
                }
            }
        }
    }

    private void write(char kind, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        write(start(kind).putInt(utf8.length));
        sha256.update(utf8);
    }

    private ByteBuffer start(char kind) {
        return small.clear().put((byte) kind);
    }

    private void write(ByteBuffer filled) {
        sha256.update(filled.array(), 0, filled.position());
    }
}
