package io.offerflow.codec;

import io.offerflow.contract.wire.SchemaWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Digest of a payload without sender and time: distinguishes a repeat from another command under the same id. */
final class PayloadDigest extends OutputStream {

    private final Map<Schema, SchemaWriter> writers = new IdentityHashMap<>();
    private final CRC32C sum = new CRC32C();
    private BinaryEncoder reuse;

    int of(IndexedRecord payload, long expectedVersion) {
        reuse = EncoderFactory.get().binaryEncoder(this, reuse); // flushes the rest of a payload that failed
        sum.reset();
        try {
            reuse.writeString(payload.getSchema().getName());
            writers.computeIfAbsent(payload.getSchema(), SchemaWriter::of).write(payload, reuse);
            reuse.writeLong(expectedVersion);
            reuse.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: the digest is in memory", e);
        }
        return (int) sum.getValue();
    }

    @Override
    public void write(int b) {
        sum.update(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        sum.update(bytes, offset, length);
    }
}
