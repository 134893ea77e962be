package io.offerflow.contract.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary whose strings must be UTF-8; Avro itself replaces what is malformed by U+FFFD, and the original text
 * would be lost. A string that is skipped is checked as well. Not safe for use by several threads.
 */
final class StrictUtf8Decoder extends Decoder {

    /** What Java puts in the place of malformed input. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Utf8 text = new Utf8();
    private BinaryDecoder in;

    /** Reads from {@code source} from now on. */
    StrictUtf8Decoder on(BinaryDecoder source) {
        in = source;
        return this;
    }

    @Override
    public String readString() throws IOException {
        return checked(in.readString(text));
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        Utf8 read = in.readString(old);
        checked(read);
        return read;
    }

    @Override
    public void skipString() throws IOException {
        readString();
    }

    private static String checked(Utf8 read) {
        String decoded = read.toString();
        if (decoded.indexOf(REPLACEMENT) >= 0) { // malformed, or the character itself
            byte[] encoded = decoded.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(encoded, 0, encoded.length, read.getBytes(), 0, read.getByteLength())) {
                throw new MalformedTextException();
            }
        }
        return decoded;
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return in.readBytes(old);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipBytes();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return in.readArrayStart();
    }

    @Override
    public long arrayNext() throws IOException {
        return in.arrayNext();
    }

    @Override
    public long skipArray() throws IOException {
        return in.skipArray();
    }

    @Override
    public long readMapStart() throws IOException {
        return in.readMapStart();
    }

    @Override
    public long mapNext() throws IOException {
        return in.mapNext();
    }

    @Override
    public long skipMap() throws IOException {
        return in.skipMap();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }

    @Override
    public int remainingBytes() {
        return in.remainingBytes();
    }
}
