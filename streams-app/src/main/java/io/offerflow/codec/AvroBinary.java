package io.offerflow.codec;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Optional values, lists and times in Avro binary, for codecs that work without intermediate Avro objects. */
final class AvroBinary {

    /** Writes a value. */
    @FunctionalInterface
    interface BinaryWriter<T> {
        void write(T value, Encoder out) throws IOException;
    }

    /** Reads a value. */
    @FunctionalInterface
    interface BinaryReader<T> {
        T read(Decoder in) throws IOException;
    }

    private AvroBinary() {
    }

    /** A union of null, its first branch, and a value. */
    static <T> void optional(Optional<T> value, BinaryWriter<T> writer, Encoder out) throws IOException {
        out.writeIndex(value.isPresent() ? 1 : 0);
        if (value.isPresent()) {
            writer.write(value.get(), out);
        }
    }

    static <T> Optional<T> optional(Decoder in, BinaryReader<T> reader) throws IOException {
        return in.readIndex() == 0 ? Optional.empty() : Optional.of(reader.read(in));
    }

    static <T> void list(Collection<T> values, BinaryWriter<T> writer, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.size());
        for (T value : values) {
            out.startItem();
            writer.write(value, out);
        }
        out.writeArrayEnd();
    }

    static <T> List<T> list(Decoder in, BinaryReader<T> reader) throws IOException {
        long count = in.readArrayStart();
        if (count == 0) {
            return List.of();
        }
        List<T> values = new ArrayList<>((int) count);
        for (; count > 0; count = in.arrayNext()) {
            for (long item = 0; item < count; item++) {
                values.add(reader.read(in));
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Reads the items of a list with a reader that collects them itself. */
    static void each(Decoder in, BinaryReader<?> reader) throws IOException {
        for (long count = in.readArrayStart(); count > 0; count = in.arrayNext()) {
            for (long item = 0; item < count; item++) {
                reader.read(in);
            }
        }
    }

    /** A timestamp-millis. */
    static void instant(Instant at, Encoder out) throws IOException {
        out.writeLong(at.toEpochMilli());
    }

    static Instant instant(Decoder in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }
}
