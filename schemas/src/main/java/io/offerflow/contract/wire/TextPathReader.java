package io.offerflow.contract.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.ResolvingDecoder;

/** Reads a value with its writer's schema, and adds to a {@link MalformedTextException} the path to the text. */
final class TextPathReader extends GenericDatumReader<IndexedRecord> {

    /** Number of complete items of each array that is being read, innermost first. */
    private final Deque<Long> items = new ArrayDeque<>();

    TextPathReader(Schema writer) {
        super(writer, writer, readingFieldByField());
    }

    private static GenericData readingFieldByField() {
        return new GenericData().setFastReaderEnabled(false);
    }

    @Override
    protected void readField(Object record, Schema.Field field, Object old, ResolvingDecoder in, Object state)
            throws IOException {
        try {
            super.readField(record, field, old, in, state);
        } catch (MalformedTextException e) {
            throw e.in(field.name());
        }
    }

    @Override
    protected Object readArray(Object old, Schema expected, ResolvingDecoder in) throws IOException {
        items.push(0L);
        try {
            return super.readArray(old, expected, in);
        } catch (MalformedTextException e) {
            throw e.in("[" + items.peek() + "]");
        } finally {
            items.pop();
        }
    }

    @Override
    protected void addToArray(Object array, long position, Object item) {
        items.push(items.pop() + 1);
        super.addToArray(array, position, item);
    }
}
