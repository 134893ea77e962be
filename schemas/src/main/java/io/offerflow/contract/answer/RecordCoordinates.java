package io.offerflow.contract.answer;

import io.offerflow.avro.Coordinates;

/** The coordinates of an input record, which answers refer to. */
public record RecordCoordinates(String topic, int partition, long offset) {

    public static RecordCoordinates of(Coordinates coordinates) {
        return new RecordCoordinates(coordinates.getTopic(), coordinates.getPartition(), coordinates.getOffset());
    }
}
