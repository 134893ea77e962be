package io.offerflow.cli.send;

import io.offerflow.avro.Coordinates;

/** Where an input lies: what answers refer to. */
public record Place(String topic, int partition, long offset) {

    public static Place of(Coordinates coordinates) {
        return new Place(coordinates.getTopic(), coordinates.getPartition(), coordinates.getOffset());
    }
}
