package io.offerflow.domain.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Digest of a content tree: the input has the kind and length of every value, so that no two trees give the same bytes.
 */
final class ContentDigest {

    private ByteBuffer bytes = ByteBuffer.allocate(1024);

    private ContentDigest() {
    }

    static long of(Value value) {
        ContentDigest digest = new ContentDigest();
        digest.write(value);
        return StableHash.of(digest.bytes.flip());
    }

    private void write(Value value) {
        switch (value) {
            case Value.Text text -> write('t', text.text());
            case Value.Bool flag -> ensureRoom(1).put((byte) (flag.flag() ? 'y' : 'n'));
            case Value.Int number -> ensureRoom(1 + Long.BYTES).put((byte) 'w').putLong(number.number());
            case Value.Array array -> {
                ensureRoom(1 + Integer.BYTES).put((byte) 'i').putInt(array.items().size());
                array.items().forEach(this::write);
            }
            case Value.Struct struct -> {
                ensureRoom(1 + Integer.BYTES).put((byte) 'g').putInt(struct.size());
                for (int index = 0; index < struct.size(); index++) {
                    write('f', struct.name(index));
                    write(struct.value(index));
                }
            }
        }
    }

    private void write(char kind, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensureRoom(1 + Integer.BYTES + utf8.length).put((byte) kind).putInt(utf8.length).put(utf8);
    }

    private ByteBuffer ensureRoom(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }
}
