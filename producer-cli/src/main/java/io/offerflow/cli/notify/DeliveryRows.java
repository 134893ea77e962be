package io.offerflow.cli.notify;

import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryRecord;
import io.offerflow.avro.DeliveryState;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the topic deliveries. */
final class DeliveryRows {

    private DeliveryRows() {
    }

    /** The newest deliveries by {@code destination/eventId}, of one offer or of all. */
    static Map<String, Delivery> read(Cluster cluster, Optional<String> offer) {
        Map<String, Delivery> rows = new LinkedHashMap<>();
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        try (TopicReader reader = new TopicReader(cluster, List.of(Topic.DELIVERIES),
                new TopicReader.Start.Beginning(), offer)) {
            reader.stopAtEnd();
            reader.run(record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                rows.remove(key); // the newest row comes last
                if (record.value() != null && ((DeliveryRecord) decoder.decode(Topic.DELIVERIES, record.value()))
                        .getContent() instanceof Delivery delivery) {
                    rows.put(key, delivery);
                }
                return true;
            });
        }
        return rows;
    }

    /** What happened to a delivery, in a few words. */
    static String words(Delivery row) {
        String answer = Optional.ofNullable(row.getLastAnswer()).map(text -> ": " + text).orElse("");
        return switch (row.getState()) {
            case DELIVERED -> "delivered %s%s".formatted(InstantOption.shown(row.getLastTryAt()), answer);
            case PENDING -> row.getTries() == 0 ? "waits for its first try" : "tried %d times, next at %s%s".formatted(
                    row.getTries(), InstantOption.shown(Optional.ofNullable(row.getNextTryAt())
                            .orElse(row.getQueuedAt())), answer);
            case GIVEN_UP -> "given up after %d tries%s".formatted(row.getTries(), answer);
            case DROPPED -> "dropped" + answer;
            case UNKNOWN -> "in a state of a newer release" + answer;
        };
    }

    /** Whether something is wrong with it. */
    static boolean isFailed(Delivery row) {
        return row.getState() == DeliveryState.GIVEN_UP
                || row.getState() == DeliveryState.PENDING && row.getTries() > 0;
    }
}
