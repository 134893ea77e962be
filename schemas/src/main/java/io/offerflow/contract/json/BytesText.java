package io.offerflow.contract.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Bytes of others as text for people. */
public final class BytesText {

    private BytesText() {
    }

    /** The bytes as text, if they are valid UTF-8. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** The bytes as text, or in base64 if they are not text or have control characters. */
    public static String shown(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return utf8(copy).filter(text -> text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'))
                .orElseGet(() -> "(base64) " + Base64.getEncoder().encodeToString(copy));
    }
}
