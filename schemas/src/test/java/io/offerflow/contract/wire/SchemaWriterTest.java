package io.offerflow.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.state.StoredAudiences;
import io.offerflow.avro.state.StoredContent;
import io.offerflow.avro.state.StoredCustomer;
import io.offerflow.avro.state.StoredEndedEpoch;
import io.offerflow.avro.state.StoredMember;
import io.offerflow.avro.state.StoredOffer;
import io.offerflow.avro.state.StoredOverview;
import io.offerflow.avro.state.StoredPlan;
import io.offerflow.avro.state.StoredPrices;
import io.offerflow.avro.state.StoredSales;
import io.offerflow.avro.state.StoredTexts;
import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.RandomRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of the prepared writer are those of Avro's own, for every topic and store. */
class SchemaWriterTest {

    private static final int RECORDS = 200;

    static Stream<Schema> schemas() {
        return Stream.concat(Arrays.stream(Topic.values()).map(Topic::schema),
                Stream.of(StoredOffer.getClassSchema(), StoredContent.getClassSchema(), StoredOverview.getClassSchema(),
                        StoredPlan.getClassSchema(), StoredSales.getClassSchema(), StoredEndedEpoch.getClassSchema(),
                        StoredCustomer.getClassSchema(), StoredPrices.getClassSchema(), StoredTexts.getClassSchema(),
                        StoredAudiences.getClassSchema(), StoredMember.getClassSchema()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void writesTheBytesOfAvrosWriter(Schema schema) throws IOException {
        SchemaWriter writer = SchemaWriter.of(schema);
        EncodingBuffer buffer = new EncodingBuffer();
        for (int seed = 1; seed <= RECORDS; seed++) {
            IndexedRecord record = new RandomRecords(seed).of(schema);
            assertThat(buffer.encode(new byte[0], out -> writer.write(record, out))).isEqualTo(byAvro(record));
        }
    }

    @Test
    void namesTheFieldThatHasNoValue() {
        Coordinates incomplete = new Coordinates();
        incomplete.setTopic("offer-commands");
        SchemaWriter writer = SchemaWriter.of(Coordinates.getClassSchema());
        Coordinates noTopic = new Coordinates();
        EncodingBuffer buffer = new EncodingBuffer();
        assertThatThrownBy(() -> buffer.encode(new byte[0], out -> writer.write(noTopic, out)))
                .isInstanceOf(AvroRuntimeException.class).hasMessageContaining("field topic of Coordinates");
        assertThat(buffer.encode(new byte[] {7}, out -> writer.write(incomplete, out)))
                .as("the next value after one that failed").startsWith(7).hasSize(1 + 1 + 14 + 2);
    }

    @Test
    void rejectsATypeThatNoTopicHas() {
        Schema withDouble = SchemaBuilder.record("Price").fields().requiredDouble("amount").endRecord();
        assertThatThrownBy(() -> SchemaWriter.of(withDouble)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("double");
    }

    private static byte[] byAvro(IndexedRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(record.getSchema(), GeneratedClasses.model()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
