package io.offerflow.cli.read;

import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads the newest rows of the status topics. */
public final class StatusSnapshot {

    private final Cluster cluster;
    private final AvroDecoder decoder;

    public StatusSnapshot(Cluster cluster) {
        this.cluster = cluster;
        this.decoder = new AvroDecoder(cluster.registry());
    }

    /** One offer with its plans in the order of their ids. */
    record OfferRows(Optional<OfferStatus> row, List<PlanStatus> plans) {
    }

    /** One offer, read from its partition. */
    OfferRows offer(String key) {
        Map<String, PlanStatus> plans = new TreeMap<>();
        List<OfferStatus> newest = new ArrayList<>();
        read(List.of(Topic.OFFER_STATUS, Topic.PLAN_STATUS), Optional.of(key), (topic, rowKey, value) -> {
            if (topic == Topic.OFFER_STATUS && rowKey.equals(key)) {
                newest.clear();
                value.ifPresent(bytes -> newest.add((OfferStatus) decoder.decode(topic, bytes)));
            } else if (topic == Topic.PLAN_STATUS && rowKey.startsWith(key + "/")) {
                value.ifPresentOrElse(bytes -> plans.put(rowKey, (PlanStatus) decoder.decode(topic, bytes)),
                        () -> plans.remove(rowKey));
            }
        });
        return new OfferRows(newest.stream().findFirst(), List.copyOf(plans.values()));
    }

    /** The offers whose newest row matches; kept as bytes while reading, since there may be many. */
    List<OfferStatus> offers(Predicate<OfferStatus> wanted) {
        Map<String, byte[]> rows = new LinkedHashMap<>();
        read(List.of(Topic.OFFER_STATUS), Optional.empty(), (topic, key, value) ->
                value.filter(bytes -> wanted.test((OfferStatus) decoder.decode(topic, bytes)))
                        .ifPresentOrElse(bytes -> rows.put(key, bytes), () -> rows.remove(key)));
        return rows.values().stream().map(bytes -> (OfferStatus) decoder.decode(Topic.OFFER_STATUS, bytes)).toList();
    }

    /** One plan, by the key of its row. */
    public Optional<PlanStatus> plan(String key) {
        List<PlanStatus> newest = new ArrayList<>();
        read(List.of(Topic.PLAN_STATUS), Optional.of(offerOf(key)), (topic, rowKey, value) -> {
            if (rowKey.equals(key)) {
                newest.clear();
                value.ifPresent(bytes -> newest.add((PlanStatus) decoder.decode(topic, bytes)));
            }
        });
        return newest.stream().findFirst();
    }

    /** The rows of one generation of an audience, by id. */
    public List<AudienceMember> members(String prefix) {
        Map<String, AudienceMember> members = new TreeMap<>();
        read(List.of(Topic.AUDIENCE_MEMBERS), Optional.of(offerOf(prefix)), (topic, key, value) -> {
            if (key.startsWith(prefix)) {
                value.ifPresentOrElse(bytes -> members.put(key, (AudienceMember) decoder.decode(topic, bytes)),
                        () -> members.remove(key));
            }
        });
        return List.copyOf(members.values());
    }

    private static String offerOf(String key) {
        String[] parts = key.split("/", 3);
        return parts[0] + "/" + parts[1];
    }

    private interface RowHandler {
        void handle(Topic topic, String key, Optional<byte[]> value);
    }

    private void read(List<Topic> topics, Optional<String> offer, RowHandler handler) {
        try (TopicReader reader = new TopicReader(cluster, topics, new Start.Beginning(), offer)) {
            reader.stopAtEnd();
            reader.run(record -> {
                if (record.key() != null) {
                    handler.handle(Topic.named(record.topic()).orElseThrow(),
                            new String(record.key(), StandardCharsets.UTF_8), Optional.ofNullable(record.value()));
                }
                return true;
            });
        }
    }
}
