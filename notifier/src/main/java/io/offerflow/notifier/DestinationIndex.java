package io.offerflow.notifier;

import io.offerflow.contract.Topic;
import io.offerflow.notifier.delivery.Destination;
import io.offerflow.notifier.delivery.Destinations;
import io.offerflow.notifier.delivery.EventRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the destinations of an event by topic, publisher and offer. */
final class DestinationIndex implements Destinations {

    /**
     * A destination with its filter.
     *
     * @param publisherId empty for all publishers
     * @param offerId empty for all offers of the publisher
     */
    record FilteredDestination(Destination destination, Optional<String> publisherId, Optional<String> offerId) {

        boolean accepts(EventRef event) {
            return offerId.isEmpty() || offerId.get().equals(event.offerId());
        }
    }

    /** The destinations of publishers that have none: made when they are needed. */
    interface Fallback {
        Optional<Destination> of(String publisherId);

        Optional<Destination> find(String id);
    }

    private final Map<Topic, Map<Optional<String>, List<FilteredDestination>>> byTopic = new EnumMap<>(Topic.class);
    private final Map<String, Destination> byId = new HashMap<>();
    private final Optional<Fallback> fallback;
    private final Set<String> listed;

    /**
     * An index.
     *
     * @param listed publishers with recipients
     * @param fallback recipients for the notifications of all others
     */
    DestinationIndex(List<FilteredDestination> all, Set<String> listed, Optional<Fallback> fallback) {
        this.listed = Set.copyOf(listed);
        this.fallback = fallback;
        all.forEach(one -> {
            byId.put(one.destination().id(), one.destination());
            one.destination().topics().forEach(topic -> byTopic.computeIfAbsent(topic, unseen -> new HashMap<>())
                    .computeIfAbsent(one.publisherId(), unseen -> new ArrayList<>()).add(one));
        });
    }

    @Override
    public Set<Topic> topics() {
        Set<Topic> topics = new HashSet<>(byTopic.keySet());
        fallback.ifPresent(mail -> topics.add(Topic.NOTIFICATIONS));
        return Set.copyOf(topics);
    }

    @Override
    public Optional<Instant> since(Topic topic) {
        return destinations(topic).flatMap(Collection::stream).map(one -> one.destination().since())
                .min(Instant::compareTo);
    }

    private Stream<List<FilteredDestination>> destinations(Topic topic) {
        return byTopic.getOrDefault(topic, Map.of()).values().stream();
    }

    @Override
    public List<Destination> of(EventRef event) {
        Map<Optional<String>, List<FilteredDestination>> ofTopic = byTopic.getOrDefault(event.topic(), Map.of());
        Stream<Destination> filtered = Stream.of(Optional.of(event.publisherId()), Optional.<String>empty())
                .flatMap(publisher -> ofTopic.getOrDefault(publisher, List.of()).stream())
                .filter(one -> one.accepts(event)).map(FilteredDestination::destination);
        Optional<Destination> unlisted = event.topic() == Topic.NOTIFICATIONS && !listed.contains(event.publisherId())
                ? fallback.flatMap(mail -> mail.of(event.publisherId())) : Optional.empty();
        return Stream.concat(filtered, unlisted.stream()).toList();
    }

    @Override
    public Optional<Destination> find(String id) {
        return Optional.ofNullable(byId.get(id)).or(() -> fallback.flatMap(mail -> mail.find(id)));
    }

    @Override
    public Collection<Destination> all() {
        return byId.values();
    }
}
