package io.offerflow.contract.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** A buffer for values in Avro binary, used again for each value. Not safe for use by several threads. */
public final class EncodingBuffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private Optional<BinaryEncoder> encoder = Optional.empty();

    /** Writes a value. */
    @FunctionalInterface
    public interface BufferWriter {
        /** Writes it, or throws whatever tells that it cannot be written. */
        void write(Encoder out) throws IOException;
    }

    /** The bytes of a value after a prefix. */
    public byte[] encode(byte[] prefix, BufferWriter value) {
        BinaryEncoder out = encoder.orElseGet(() -> EncoderFactory.get().binaryEncoder(bytes, null));
        encoder = Optional.empty(); // one that failed holds the beginning of a value
        bytes.reset();
        bytes.writeBytes(prefix);
        try {
            value.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
        encoder = Optional.of(out);
        return bytes.toByteArray();
    }
}
