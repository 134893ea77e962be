package io.offerflow.contract.wire;

import java.nio.ByteBuffer;

/**
 * The Confluent wire format: magic byte 0, the schema id as four bytes big-endian, then the value in Avro binary.
 *
 * <p>Documented at Confluent under "Wire format" of the schema registry's serializers.
 */
public final class WireFormat {

    /** Length of magic byte and schema id. */
    public static final int PREFIX_BYTES = 5;

    private static final byte MAGIC = 0;
    private static final byte MAGIC_WITH_GUID = 1;

    private WireFormat() {
    }

    /**
     * The schema id in front of a value.
     *
     * @throws NotWireFormatException if the bytes do not begin in this format
     */
    public static int schemaId(byte[] bytes) {
        if (bytes.length < PREFIX_BYTES) {
            throw new NotWireFormatException("only %d bytes, fewer than magic byte and schema id take"
                    .formatted(bytes.length));
        }
        if (bytes[0] == MAGIC_WITH_GUID) {
            throw new NotWireFormatException(
                    "magic byte 1: the newer framing with a GUID for the schema; configure the sender to write "
                            + "schema ids");
        }
        if (bytes[0] != MAGIC) {
            throw new NotWireFormatException("first byte 0x%02x, not magic byte 0".formatted(bytes[0]));
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    /** Writes magic byte and schema id at the beginning of an array. */
    static void prefix(byte[] target, int schemaId) {
        target[0] = MAGIC;
        ByteBuffer.wrap(target, 1, Integer.BYTES).putInt(schemaId);
    }
}
