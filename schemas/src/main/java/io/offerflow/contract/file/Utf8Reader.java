package io.offerflow.contract.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads text in UTF-8, and nothing else: a decoder that replaces other bytes would change names for ever. A byte order
 * mark at the beginning is skipped.
 */
public final class Utf8Reader extends Reader {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(16 * 1024).flip();
    private final CharBuffer chars = CharBuffer.allocate(16 * 1024).flip();
    private boolean begun;
    private boolean ended;
    private int line = 1;
    private int column = 1;

    public Utf8Reader(InputStream in) {
        this.in = in;
    }

    /** @throws NotUtf8Exception if the next bytes are not UTF-8 */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (!begun) {
            begun = true;
            begin();
        }
        if (!chars.hasRemaining() && !decode()) {
            return -1;
        }
        int taken = Math.min(length, chars.remaining());
        chars.get(target, offset, taken);
        return taken;
    }

    /** Decodes at least one character; returns false at the end. */
    private boolean decode() throws IOException {
        chars.clear();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (chars.position() > 0) { // what comes before malformed bytes is returned first, and counted
                chars.flip();
                count();
                return true;
            }
            if (result.isError()) {
                throw new NotUtf8Exception(line, column, met(bytes.get(bytes.position())));
            }
            if (ended) {
                chars.flip(); // empty, and so is the next read
                return false;
            }
            fill();
        }
    }

    private void begin() throws IOException {
        while (!ended && bytes.remaining() < MARK.length) {
            fill();
        }
        byte[] first = Arrays.copyOf(Arrays.copyOf(bytes.array(), bytes.remaining()), MARK.length);
        if (Arrays.equals(first, MARK)) {
            bytes.position(MARK.length);
        } else if (bytes.remaining() > 1 && isUtf16(first[0] & 0xFF, first[1] & 0xFF)) {
            throw new NotUtf8Exception(1, 1, "UTF-16");
        }
    }

    /** Its byte order mark, or a Latin character without one. */
    private static boolean isUtf16(int first, int second) {
        return first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF || first == 0 ^ second == 0;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
    }

    private void count() {
        for (int i = 0; i < chars.limit(); i++) {
            char read = chars.get(i);
            if (read == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(read)) {
                column++;
            }
        }
    }

    /** The byte, and the letter that it usually is in files that are not UTF-8. */
    private static String met(byte one) {
        String letter = new String(new byte[] {one}, WINDOWS);
        return "the byte 0x%02x".formatted(one)
                + (Character.isLetter(letter.charAt(0)) ? " (\"" + letter + "\" in Windows-1252)" : "");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
