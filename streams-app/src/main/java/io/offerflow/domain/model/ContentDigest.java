package io.offerflow.domain.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Digest of a content tree: every value with its kind and length, so that no two trees write the same bytes. */
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
            case Value.Bool flag -> room(1).put((byte) (flag.flag() ? 'y' : 'n'));
            case Value.Int whole -> room(1 + Long.BYTES).put((byte) 'w').putLong(whole.number());
            case Value.Array items -> {
                room(1 + Integer.BYTES).put((byte) 'i').putInt(items.items().size());
                items.items().forEach(this::write);
            }
            case Value.Struct group -> {
                room(1 + Integer.BYTES).put((byte) 'g').putInt(group.size());
                for (int place = 0; place < group.size(); place++) {
                    write('f', group.name(place));
                    write(group.value(place));
                }
            }
        }
    }

    private void write(char kind, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(1 + Integer.BYTES + utf8.length).put((byte) kind).putInt(utf8.length).put(utf8);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }
}
