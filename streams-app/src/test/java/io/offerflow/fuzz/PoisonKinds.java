package io.offerflow.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Every kind of record that a sender should not write, by name, with the answer of the service. */
public final class PoisonKinds {

    private static final int HUGE = 9 * 1024 * 1024;
    /** So that a value of Avro alone does not begin like one of the wire format. */
    private static final int PREFIX = 5;

    /** Makes a poison of an input that can be read. */
    public interface Maker {
        Poison of(GoodInput good);
    }

    /**
     * A kind of record that a sender should not write.
     *
     * @param reason of the quarantine record; empty if it is answered with an outcome
     * @param advice a part of the advice
     * @param huge whether it has megabytes, so that a test sends few of them
     */
    public record Kind(String name, List<Topic> topics, Optional<QuarantineReason> reason, String advice, boolean huge,
            Maker maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final ForeignSchemas schemas;
    private final AvroEncoder encoder;
    private final List<Kind> kinds = new ArrayList<>();

    /** All kinds. */
    public static List<Kind> all(ForeignSchemas schemas) {
        PoisonKinds made = new PoisonKinds(schemas);
        made.keys();
        made.framings();
        made.schemas();
        made.values();
        made.texts();
        made.instants();
        made.sizes();
        return List.copyOf(made.kinds);
    }

    private PoisonKinds(ForeignSchemas schemas) {
        this.schemas = schemas;
        this.encoder = new AvroEncoder(schemas, Topic.inputs());
    }

    private void add(String name, QuarantineReason reason, String advice, Maker maker) {
        kinds.add(new Kind(name, Topic.inputs(), Optional.of(reason), advice, false, maker));
    }

    private void ofPublishers(String name, QuarantineReason reason, String advice, Maker maker) {
        kinds.add(new Kind(name, List.of(Topic.OFFER_COMMANDS), Optional.of(reason), advice, false, maker));
    }

    private void huge(String name, Optional<QuarantineReason> reason, String advice, Maker maker) {
        kinds.add(new Kind(name, Topic.inputs(), reason, advice, true, maker));
    }

    private void keys() {
        key("no key", QuarantineReason.MISSING_KEY, "publisherId/offerId", null);
        key("empty key", QuarantineReason.WRONG_KEY, "publisherId/offerId", new byte[0]);
        key("key without a slash", QuarantineReason.WRONG_KEY, "publisherId/offerId", "northwind".getBytes(UTF_8));
        key("key of a publisher in capitals", QuarantineReason.WRONG_KEY, "publisherId/offerId",
                "Northwind/offer".getBytes(UTF_8));
        key("key in Latin-1", QuarantineReason.WRONG_KEY, "UTF-8", "northwind/caf\u00e9".getBytes(ISO_8859_1));
        key("key in Avro", QuarantineReason.WRONG_KEY, "plain text", HexFormat.of().parseHex("00000000071e6e6f7274"));
        key("key in JSON", QuarantineReason.WRONG_KEY, "publisherId/offerId", "\"northwind/offer\"".getBytes(UTF_8));
        add("key whose schema is in a header", QuarantineReason.WRONG_KEY, "plain text", good ->
                Poison.of(good, "\u001enorthwind/offer".getBytes(UTF_8), good.value())
                        .with("__key_schema_id", guid()));
        add("key that contradicts the value", QuarantineReason.WRONG_KEY, "publisherId/offerId", good ->
                Poison.of(good, good.neighbour().toString().getBytes(UTF_8), good.value()));
        add("key in another partition", QuarantineReason.WRONG_PARTITION, "murmur2_random", good ->
                Poison.value(good, good.value()).shifted());
        add("key of two kilobytes", QuarantineReason.TOO_LARGE, "50 characters", good ->
                Poison.of(good, ("northwind/" + "o".repeat(2_000)).getBytes(UTF_8), good.value()));
        add("neither key nor value", QuarantineReason.MISSING_KEY, "publisherId/offerId", good ->
                Poison.of(good, null, null));
    }

    private void key(String name, QuarantineReason reason, String advice, byte[] key) {
        add(name, reason, advice, good -> Poison.of(good, key, good.value()));
    }

    private void framings() {
        add("no value", QuarantineReason.MISSING_VALUE, "tombstones", good -> Poison.value(good, null));
        bytes("empty value", "schema registry serializer", "");
        bytes("value of four bytes", "schema registry serializer", "\0\0\0\1");
        bytes("value of zeros", "as-confluent", "\0".repeat(20));
        add("value with a GUID in front", QuarantineReason.FOREIGN_BYTES, "not a GUID", good ->
                Poison.value(good, joined(guid(), bare(good))));
        bytes("value with magic byte 2", "Avro or Protobuf alone", "\2\0\0\0\7abc");
        bytes("value of AWS Glue", "Confluent wire format", "\3\0" + "g".repeat(16) + "value");
        bytes("value in JSON", "offerflow send", "{\"commandId\": \"1\"}");
        bytes("value in JSON after blanks", "offerflow send", " \r\n\t[1, 2]");
        bytes("value of blanks", "Avro or Protobuf alone", "      ");
        bytes("value of text", "Avro or Protobuf alone", "please create an offer");
        bytes("value in Protobuf", "Avro or Protobuf alone", "\n\5hello\20\1");
        bytes("Avro file", "without the schema", "Obj\1\4\24avro.codec");
        bytes("Avro with a fingerprint", "fingerprint", "\u00c3\1\1\2\3\4\5\6\7\10value");
        bytes("Java object", "Write Avro", "\u00ac\u00ed\0\5sr\0\21");
        bytes("value in gzip", "compression.type", "\u001f\u008b\10\0\0\0\0\0");
        add("Avro without a frame", QuarantineReason.FOREIGN_BYTES, "Avro or Protobuf alone", good ->
                Poison.value(good, bare(good)));
        add("GUID of the schema in a header", QuarantineReason.FOREIGN_BYTES, "PrefixSchemaIdSerializer", good ->
                Poison.value(good, bare(good)).with("__value_schema_id", guid()));
        add("id of the schema in a header", QuarantineReason.FOREIGN_BYTES, "prefix_schema_id_serializer", good ->
                Poison.value(good, bare(good)).with("__value_schema_id", Arrays.copyOf(good.value(), PREFIX)));
        add("id of the schema in a header of Apicurio", QuarantineReason.FOREIGN_BYTES, "headers.enabled=false",
                good -> Poison.value(good, bare(good)).with("apicurio.value.globalId", new byte[8]));
        add("id of the schema in eight bytes", QuarantineReason.FOREIGN_BYTES, "as-confluent", good ->
                Poison.value(good, joined(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 7}, bare(good))));
    }

    private void bytes(String name, String advice, String latin1) {
        add(name, QuarantineReason.FOREIGN_BYTES, advice, good -> Poison.value(good, latin1.getBytes(ISO_8859_1)));
    }

    private void schemas() {
        add("schema id that the registry does not know", QuarantineReason.UNKNOWN_SCHEMA, "Register the schema",
                good -> Poison.value(good, good.withSchema(1_234_567)));
        add("negative schema id", QuarantineReason.UNKNOWN_SCHEMA, "Register the schema", good ->
                Poison.value(good, good.withSchema(-7)));
        add("schema that is no record", QuarantineReason.WRONG_SCHEMA, "with a schema of subject", good ->
                Poison.value(good, schemas.plainText("hello")));
        add("value of another input topic", QuarantineReason.WRONG_SCHEMA, "Send it to the topic", good -> {
            Topic other = after(good.topic());
            return Poison.value(good, GoodInput.of(other, 0, 0, 1, encoder).value());
        });
        schema("command of another input topic", "Send it to the topic", good ->
                SchemaChanges.payloadOfAnotherTopic(good.envelope().getSchema(),
                        after(good.topic()).schema().getField("payload").schema().getTypes()),
                good -> joined(beforePayload(good), branch(0), afterBranch(GoodInput.of(after(good.topic()), 0, 0, 1,
                        encoder))));
        add("command of a newer release", QuarantineReason.UNKNOWN_COMMAND, "Upgrade the service", good ->
                changed(good, SchemaChanges.payloadOfNewerRelease(good.envelope().getSchema())));
        add("command of another product", QuarantineReason.WRONG_SCHEMA, "with a schema of subject", good ->
                changed(good, SchemaChanges.payloadOfAnotherProduct(good.envelope().getSchema())));
        add("command in another namespace", QuarantineReason.WRONG_SCHEMA, "its full name io.offerflow.avro.", good ->
                changed(good, SchemaChanges.payloadElsewhere(good.envelope().getSchema())));
        add("envelope in another namespace", QuarantineReason.WRONG_SCHEMA, "its full name io.offerflow.avro.",
                good -> changed(good, SchemaChanges.envelopeElsewhere(good.envelope().getSchema())));
        for (String type : List.of("timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "")) {
            add("instant as " + (type.isEmpty() ? "a plain number" : type), QuarantineReason.WRONG_SCHEMA,
                    "logical types", good -> changed(good,
                            SchemaChanges.issuedAt(good.envelope().getSchema(), type)));
        }
        add("instant as a date", QuarantineReason.WRONG_SCHEMA, "logical types", good -> changed(good,
                SchemaChanges.field(good.envelope().getSchema(), "issuedAt",
                        LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))));
        add("text as bytes", QuarantineReason.WRONG_SCHEMA, "logical types", good -> changed(good,
                SchemaChanges.field(good.envelope().getSchema(), "actor", Schema.create(Schema.Type.BYTES))));
        add("text as a decimal", QuarantineReason.WRONG_SCHEMA, "logical types", good -> changed(good,
                SchemaChanges.field(good.envelope().getSchema(), "actor",
                        LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))));
        add("text as a number", QuarantineReason.WRONG_SCHEMA, "with a schema of subject", good -> changed(good,
                SchemaChanges.field(good.envelope().getSchema(), "actor", Schema.create(Schema.Type.LONG))));
        add("schema without a field that is needed", QuarantineReason.WRONG_SCHEMA, "with a schema of subject",
                good -> changed(good, SchemaChanges.without(good.envelope().getSchema(), "actor")));
    }

    private interface Changed {
        Schema of(GoodInput good);
    }

    private interface Written {
        byte[] of(GoodInput good);
    }

    private void schema(String name, String advice, Changed schema, Written value) {
        add(name, QuarantineReason.WRONG_SCHEMA, advice, good -> Poison.value(good,
                ByteBuffer.wrap(value.of(good)).putInt(1, schemas.foreign(schema.of(good))).array()));
    }

    private Poison changed(GoodInput good, Schema schema) {
        return Poison.value(good, good.withSchema(schemas.foreign(schema)));
    }

    private void values() {
        add("value without its last byte", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, Arrays.copyOf(good.value(), good.value().length - 1)));
        add("first half of a value", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, Arrays.copyOf(good.value(), good.value().length / 2)));
        add("value with a byte after it", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, Arrays.copyOf(good.value(), good.value().length + 1)));
        add("two values in one record", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, joined(good.value(), bare(good))));
        add("schema id alone", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, Arrays.copyOf(good.value(), PREFIX)));
        add("branch that the union does not have", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, joined(beforePayload(good), branch(99))));
        add("branch of a negative number", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, joined(beforePayload(good), branch(-1))));
        add("text of negative length", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, begun(good).longs(-5L).bytes()));
        add("text of 1,500 million bytes", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, begun(good).longs(1_500_000_000L).bytes()));
        add("text of 2^62 bytes", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, begun(good).longs(1L << 62).bytes()));
        ofPublishers("array of 300 million items", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, schemas.savePropertiesBegun((OfferCommand) good.envelope()).longs(300_000_000L)
                        .bytes()));
        ofPublishers("array of a negative number of items", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, schemas.savePropertiesBegun((OfferCommand) good.envelope())
                        .longs(Long.MIN_VALUE, 5L).bytes()));
        ofPublishers("payload nested 200,000 times", QuarantineReason.WRONG_SCHEMA, "with a schema of subject", good ->
                Poison.value(good, schemas.nestedPayload((OfferCommand) good.envelope(), 200_000)));
        ofPublishers("unknown field nested 200,000 times", QuarantineReason.UNREADABLE, "one value", good ->
                Poison.value(good, schemas.nestedExtraField((OfferCommand) good.envelope(), 200_000)));
    }

    private void texts() {
        text("text in Latin-1", "436166e9205afc72696368");
        text("text in CESU-8", "eda0bdedb880");
        text("text with half a surrogate pair", "eda080");
        text("text with an overlong slash", "c0af");
        text("text with an overlong zero", "c080");
        text("text with a letter that breaks off", "e282");
        text("text with a byte that UTF-8 does not have", "ff");
        text("text with a code point above Unicode", "f4908080");
        add("command id that is not UTF-8", QuarantineReason.MALFORMED_TEXT, "UTF-8", good -> {
            byte[] value = good.value().clone();
            value[PREFIX + 3] = (byte) 0xE9;
            return Poison.value(good, value);
        });
    }

    private void text(String name, String hex) {
        add(name, QuarantineReason.MALFORMED_TEXT, "UTF-8", good ->
                Poison.value(good, good.withActor(HexFormat.of().parseHex(hex))));
    }

    private void instants() {
        instant("instant of the year 292278994", Long.MAX_VALUE);
        instant("instant before the year -290000000", Long.MIN_VALUE);
        instant("instant in microseconds", Instant.parse("2026-03-02T08:59:58Z").toEpochMilli() * 1_000);
        instant("instant of 1969", -1L);
        instant("first instant of the year 9999", Instant.parse("9999-01-01T00:00:00Z").toEpochMilli());
        ofPublishers("stop at an instant in microseconds", QuarantineReason.WRONG_TIME, "milliseconds", good -> {
            OfferCommand like = (OfferCommand) good.envelope();
            return Poison.value(good, encoder.encode(good.topic(), OfferCommand.newBuilder(like).setPayload(
                    new StopSellingOffer(Instant.ofEpochMilli(1_774_000_000_000_000L), true)).build()));
        });
    }

    private void instant(String name, long millis) {
        add(name, QuarantineReason.WRONG_TIME, "milliseconds", good -> {
            Schema.Field field = good.envelope().getSchema().getField("issuedAt");
            Object before = good.envelope().get(field.pos());
            good.envelope().put(field.pos(), Instant.ofEpochMilli(millis));
            byte[] value = encoder.encode(good.topic(), good.envelope());
            good.envelope().put(field.pos(), before);
            return Poison.value(good, value);
        });
    }

    private void sizes() {
        add("value of 600 kilobytes", QuarantineReason.TOO_LARGE, "chunks", good ->
                Poison.value(good, Arrays.copyOf(good.value(), 600 * 1024)));
        huge("value of nine megabytes", Optional.of(QuarantineReason.TOO_LARGE), "chunks", good ->
                Poison.value(good, Arrays.copyOf(good.value(), HUGE)));
        huge("key of nine megabytes", Optional.of(QuarantineReason.TOO_LARGE), "50 characters", good ->
                Poison.of(good, Arrays.copyOf(good.key(), HUGE), good.value()));
        huge("header of nine megabytes at a value that is not Avro", Optional.of(QuarantineReason.FOREIGN_BYTES),
                "Avro or Protobuf alone", good ->
                Poison.value(good, "garbage".getBytes(UTF_8)).with("x-debug-dump", new byte[HUGE]));
        huge("name of a header of nine megabytes", Optional.of(QuarantineReason.FOREIGN_BYTES),
                "Avro or Protobuf alone", good ->
                Poison.value(good, "garbage".getBytes(UTF_8)).with("n".repeat(HUGE), null));
        huge("fifty thousand headers", Optional.of(QuarantineReason.FOREIGN_BYTES), "Avro or Protobuf alone", good -> {
            Poison poison = Poison.value(good, "garbage".getBytes(UTF_8));
            for (int number = 0; number < 50_000; number++) {
                poison.with("h" + number, new byte[] {1});
            }
            return poison;
        });
        huge("trace of nine megabytes", Optional.empty(), "", good ->
                Poison.value(good, good.value()).with("traceparent", new byte[HUGE]));
        huge("header of nine megabytes at a value that can be read", Optional.empty(), "", good ->
                Poison.value(good, good.value()).with("x-debug-dump", new byte[HUGE]));
        huge("actor of 400 kilobytes", Optional.empty(), "", good -> {
            Schema.Field field = good.envelope().getSchema().getField("actor");
            good.envelope().put(field.pos(), "a".repeat(400_000));
            byte[] value = encoder.encode(good.topic(), good.envelope());
            good.envelope().put(field.pos(), GoodInput.MARK);
            return Poison.value(good, value);
        });
    }

    private static Topic after(Topic topic) {
        List<Topic> inputs = Topic.inputs();
        return inputs.get((inputs.indexOf(topic) + 1) % inputs.size());
    }

    private static byte[] guid() {
        UUID id = UUID.fromString("0b1c2d3e-0000-4000-8000-0000000000c9");
        return ByteBuffer.allocate(17).put((byte) 1).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).array();
    }

    /** The value without magic byte and schema id. */
    private static byte[] bare(GoodInput good) {
        return Arrays.copyOfRange(good.value(), PREFIX, good.value().length);
    }

    private WireBytes begun(GoodInput good) {
        return schemas.begun(good.topic());
    }

    /** The value up to the branch of its payload. */
    private static byte[] beforePayload(GoodInput good) {
        return Arrays.copyOf(good.value(), payloadAt(good));
    }

    private static byte[] afterBranch(GoodInput good) {
        return Arrays.copyOfRange(good.value(), payloadAt(good) + 1, good.value().length);
    }

    /** After the actor are a date of six bytes, expectedVersion of publishers as one byte, and a flag. */
    private static int payloadAt(GoodInput good) {
        int actor = new String(good.value(), ISO_8859_1).indexOf(GoodInput.MARK) + GoodInput.MARK.length();
        return actor + 6 + (good.topic() == Topic.OFFER_COMMANDS ? 1 : 0) + 1;
    }

    private static byte[] branch(long number) {
        byte[] written = new WireBytes(0).longs(number).bytes();
        return Arrays.copyOfRange(written, PREFIX, written.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
