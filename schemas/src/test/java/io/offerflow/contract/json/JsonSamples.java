package io.offerflow.contract.json;

import io.offerflow.contract.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Bytes of records that are filled at random, each with what it says as JSON. */
public final class JsonSamples {

    private JsonSamples() {
    }

    /** Lines of {@code {"bytes": base64, "says": {...}}}; the same schema gives the same lines. */
    public static List<String> of(Schema schema, int count) {
        List<String> lines = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            IndexedRecord record = new RandomRecords(seed).of(schema);
            lines.add("{\"bytes\":\"%s\",\"says\":%s}".formatted(
                    Base64.getEncoder().encodeToString(bytes(record)), AvroJson.write(record)));
        }
        return lines;
    }

    private static byte[] bytes(IndexedRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<>(record.getSchema(), GeneratedClasses.model()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
