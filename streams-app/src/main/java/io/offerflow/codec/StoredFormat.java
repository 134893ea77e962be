package io.offerflow.codec;

import io.offerflow.codec.AvroBinary.BinaryReader;
import io.offerflow.codec.AvroBinary.BinaryWriter;
import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.wire.EncodingBuffer;
import io.offerflow.contract.wire.SchemaWriter;
import io.offerflow.domain.model.RootLocaleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * The format of one kind of store value: a format number, then Avro binary.
 *
 * <p>Format number n is the schema in {@code /stored/<name>-<n>.avsc} on the class path, which never changes: a restore
 * needs no registry. Not safe for use by several threads.
 */
final class StoredFormat<T extends IndexedRecord> {

    private static final String DOES_NOT_FIT = "a store holds a value that does not fit its format";

    /** By resource. Parsing takes milliseconds, and each task has a codec. */
    private static final Map<String, Schema> RELEASED = new ConcurrentHashMap<>();

    private final String name;
    private final byte[] current;
    private final SchemaWriter writer;
    private final List<DatumReader<T>> readers = new ArrayList<>();
    private final EncodingBuffer buffer = new EncodingBuffer();
    private BinaryDecoder decoder;

    /**
     * @param name of the kind of value
     * @param current number of the format that is written, from 1
     * @param schema of this release
     */
    StoredFormat(String name, int current, Schema schema) {
        this.name = name;
        this.current = new byte[] {(byte) current};
        this.writer = SchemaWriter.of(schema);
        for (int number = 1; number <= current; number++) {
            readers.add(new SpecificDatumReader<>(released(name, number), schema, GeneratedClasses.model()));
        }
    }

    static Schema released(String name, int number) {
        return RELEASED.computeIfAbsent(RootLocaleText.format("/stored/%s-%d.avsc", name, number),
                StoredFormat::parse);
    }

    private static Schema parse(String resource) {
        try (InputStream in = StoredFormat.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the schema of a stored format is missing: " + resource);
            }
            return new SchemaParser().parse(in).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** Name of the kind of value. */
    String name() {
        return name;
    }

    /** Number of the format that is written. */
    int number() {
        return current[0];
    }

    byte[] encode(T value) {
        return buffer.encode(current, out -> writer.write(value, out));
    }

    /** Encodes a value with a writer of the current format. */
    <V> byte[] encode(V value, BinaryWriter<V> writing) {
        return buffer.encode(current, out -> writing.write(value, out));
    }

    /** Decodes a value with a reader of the current format; an older format is converted to the current one before. */
    <V> V decode(byte[] bytes, BinaryReader<V> reader) {
        byte[] now = bytes[0] == current[0] ? bytes : encode(decode(bytes));
        try {
            decoder = DecoderFactory.get().binaryDecoder(now, 1, now.length - 1, decoder);
            return reader.read(decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(DOES_NOT_FIT, e);
        }
    }

    T decode(byte[] bytes) {
        int number = bytes[0];
        if (number < 1 || number > readers.size()) {
            throw new NewerFormatException(
                    RootLocaleText.format("a store holds a value of format %d, but this release knows 1 to %d; it was "
                            + "written by a newer release", number, readers.size()));
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
            return readers.get(number - 1).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(DOES_NOT_FIT, e);
        }
    }
}
