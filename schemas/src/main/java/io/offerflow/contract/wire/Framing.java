package io.offerflow.contract.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * How a value is framed that is not in the wire format, as far as its first bytes and the names of its headers tell:
 * what was found, and what its sender has to configure.
 */
public enum Framing {
    /** Confluent's serializers with the id of the schema in a header. */
    CONFLUENT_HEADER("the schema is named in the header __value_schema_id, not in front of the value",
            "Configure the sender's serializer to write the schema id in front of the value: in Java "
                    + "value.schema.id.serializer=io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer, "
                    + "in Python schema.id.serializer with prefix_schema_id_serializer."),
    /** Confluent's serializers with a GUID in front of the value. */
    CONFLUENT_GUID("magic byte 1: the newer framing with a GUID for the schema",
            "Configure the sender's serializer to write magic byte 0 and the schema id, not a GUID."),
    /** Apicurio's serializers with the id of the schema in a header. */
    APICURIO_HEADER("the schema is named in a header of Apicurio Registry, not in front of the value",
            "Set apicurio.registry.headers.enabled=false and apicurio.registry.as-confluent=true at the sender."),
    /** Apicurio's serializers with eight bytes of id. */
    APICURIO_LONG_ID("schema id 0: probably an id of eight bytes, as Apicurio's serializers write it by default",
            "Set apicurio.registry.as-confluent=true at the sender, so that ids have four bytes."),
    /** Serializers of the AWS Glue schema registry. */
    AWS_GLUE("first byte 3: the framing of the AWS Glue schema registry",
            "Use a serializer for the Confluent wire format and the schema registry of this service."),
    /** An Avro object container file. */
    AVRO_FILE("an Avro file with its schema inside",
            "Send the value alone, without the schema: magic byte 0, the schema id, Avro binary."),
    /** Avro's single-object encoding. */
    AVRO_SINGLE_OBJECT("Avro's single-object encoding, with a fingerprint for the schema",
            "Write magic byte 0 and the id from the schema registry in place of the fingerprint."),
    /** Java's own serialization. */
    JAVA_OBJECT("a serialized Java object", "Write Avro with a schema registry serializer."),
    /** A gzip stream. */
    GZIP("a value that is compressed with gzip",
            "Set compression.type at the producer, which compresses whole batches, and leave the value as it is."),
    /** JSON. */
    JSON("JSON, not Avro", "Write Avro with a schema registry serializer; offerflow send reads JSON and writes Avro."),
    /** An empty value or less than magic byte and id. */
    TOO_SHORT("fewer bytes than magic byte and schema id take",
            "Write values with a schema registry serializer: magic byte 0, schema id, Avro binary."),
    /** Anything else, such as Avro or Protobuf without a frame. */
    NONE("no magic byte 0 in front of the value",
            "Write values with a schema registry serializer (magic byte 0, schema id, Avro binary); "
                    + "Avro or Protobuf alone does not name its schema.");

    private final String found;
    private final String advice;

    Framing(String found, String advice) {
        this.found = found;
        this.advice = advice;
    }

    /** What was found, as a part of a sentence. */
    public String found() {
        return found;
    }

    /** What the sender has to change, as a sentence. */
    public String advice() {
        return advice;
    }

    /** Whether the sender put the id of the schema elsewhere than the service reads it. */
    public boolean hidesSchemaId() {
        return this == CONFLUENT_HEADER || this == APICURIO_HEADER || this == APICURIO_LONG_ID;
    }

    /**
     * The framing of a value that cannot be read in the wire format.
     *
     * @param headers names of the record's headers
     */
    public static Framing of(byte[] value, Set<String> headers) {
        if (headers.contains("__value_schema_id")) {
            return CONFLUENT_HEADER;
        }
        if (headers.stream().anyMatch(name -> name.startsWith("apicurio.value."))) {
            return APICURIO_HEADER;
        }
        if (value.length < WireFormat.PREFIX_BYTES) {
            return TOO_SHORT;
        }
        return switch (value[0]) {
            case 0 -> value.length > 8 && begins(value, "\0\0\0\0\0") ? APICURIO_LONG_ID : NONE;
            case 1 -> CONFLUENT_GUID;
            case 3 -> AWS_GLUE;
            case 'O' -> begins(value, "Obj\1") ? AVRO_FILE : NONE;
            case '{', '[', '"' -> JSON;
            case ' ', '\t', '\r', '\n' -> isJson(value) ? JSON : NONE;
            case (byte) 0xC3 -> begins(value, "\u00C3\1") ? AVRO_SINGLE_OBJECT : NONE;
            case (byte) 0xAC -> begins(value, "\u00AC\u00ED") ? JAVA_OBJECT : NONE;
            case 0x1F -> begins(value, "\u001F\u008B") ? GZIP : NONE;
            default -> NONE;
        };
    }

    private static boolean begins(byte[] value, String prefix) {
        byte[] expected = prefix.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < expected.length; at++) {
            if (at == value.length || value[at] != expected[at]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJson(byte[] value) {
        int at = 0;
        while (at < value.length && value[at] <= ' ' && value[at] > 0) {
            at++;
        }
        return at < value.length && (value[at] == '{' || value[at] == '[');
    }
}
