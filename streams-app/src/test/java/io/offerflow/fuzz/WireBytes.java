package io.offerflow.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** A value in the wire format, written by hand piece by piece, so that it can say what no honest writer says. */
public final class WireBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

    public WireBytes(int schemaId) {
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    }

    /** Numbers, lengths, counts and branches of unions alike. */
    public WireBytes longs(long... numbers) {
        return write(to -> {
            for (long number : numbers) {
                to.writeLong(number);
            }
        });
    }

    public WireBytes text(String text) {
        return write(to -> to.writeString(text));
    }

    public WireBytes flag(boolean flag) {
        return write(to -> to.writeBoolean(flag));
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(BinaryEncoder encoder) throws IOException;
    }

    private WireBytes write(Writing writing) {
        try {
            writing.to(encoder);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
    }
}
