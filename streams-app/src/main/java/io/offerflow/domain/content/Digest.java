package io.offerflow.domain.content;

import io.offerflow.domain.Hash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Digest of a content tree: every value with its kind and length, so that no two trees write the same bytes. */
final class Digest {

    private Digest() {
    }

    static long of(Value value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
        return Hash.of(bytes.toByteArray());
    }

    private static void write(Value value, DataOutputStream out) throws IOException {
        switch (value) {
            case Value.Text text -> writeText('t', text.text(), out);
            case Value.Flag flag -> out.write(flag.flag() ? 'y' : 'n');
            case Value.Whole whole -> {
                out.write('w');
                out.writeLong(whole.number());
            }
            case Value.Items items -> {
                out.write('i');
                out.writeInt(items.items().size());
                for (Value item : items.items()) {
                    write(item, out);
                }
            }
            case Value.Group group -> {
                out.write('g');
                out.writeInt(group.size());
                for (int place = 0; place < group.size(); place++) {
                    writeText('f', group.name(place), out);
                    write(group.value(place), out);
                }
            }
        }
    }

    private static void writeText(char kind, String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
