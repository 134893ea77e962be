package io.offerflow.cli.send;

import io.offerflow.avro.Coordinates;

/** Where an input lies: what answers refer to. */
public record RecordCoordinates(String topic, int partition, long offset) {

    public static RecordCoordinates of(Coordinates coordinates) {
        return new RecordCoordinates(coordinates.getTopic(), coordinates.getPartition(), coordinates.getOffset());
    }
}
