package io.offerflow.contract.wire;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The Confluent wire format: magic byte 0, the schema id as four bytes big-endian, then the value in Avro binary.
 *
 * <p>Documented at Confluent under "Wire format" of the schema registry's serializers.
 */
public final class WireFormat {

    /** Length of magic byte and schema id. */
    public static final int PREFIX_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {
    }

    /**
     * The schema id in front of a value.
     *
     * @throws NotWireFormatException if the bytes do not begin in this format
     */
    public static int schemaId(byte[] bytes) {
        if (bytes.length < PREFIX_BYTES || bytes[0] != MAGIC) {
            throw new NotWireFormatException(Framing.of(bytes, Set.of()));
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    /** Magic byte and schema id. */
    static byte[] prefix(int schemaId) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(MAGIC).putInt(schemaId).array();
    }
}
