package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.Status;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of all offers of the cluster, in memory, from the topic offer-status. Every instance has all rows, so that a
 * list is complete while other instances are down. A row takes about 0.7 kB.
 */
final class OfferIndex {

    private static final Duration STALE = Duration.ofSeconds(30);
    private static final List<String> ORDERS = List.of("attention", "changed", "key", "scheduled");

    private final Map<OfferKey, OfferIndexEntry> rows = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Optional<Instant> caughtUpAt = Optional.empty();

    OfferIndex(Clock clock) {
        this.clock = clock;
    }

    void put(OfferIndexEntry row) {
        rows.put(row.key(), row);
    }

    void remove(OfferKey key) {
        rows.remove(key);
    }

    /** The index has every row that was in the topic at this instant. */
    void caughtUp(Instant at) {
        caughtUpAt = Optional.of(at);
    }

    boolean hasCaughtUp() {
        return caughtUpAt.isPresent();
    }

    Stream<OfferIndexEntry> rows() {
        return rows.values().stream();
    }

    ApiResponse page(ApiRequest request) {
        request.allowParameters("status", "publisher", "q", "scheduled", "sort", "page", "size");
        Set<Status> statuses = statuses(request.text("status"));
        Optional<String> search = request.text("q").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<Set<String>> publishers = ReadAccess.publishers(request);
        boolean scheduledOnly = request.oneOf("scheduled", "false", List.of("true", "false")).equals("true");
        Instant now = clock.instant();
        Comparator<RankedOffer> order = order(request.oneOf("sort", "attention", ORDERS));
        int page = request.number("page", 1, 1_000_000).orElse(1L).intValue();
        int size = request.number("size", 1, 200).orElse(50L).intValue();
        Instant asOf = asOf();
        List<OfferIndexEntry> found = rows()
                .filter(row -> publishers.map(wanted -> wanted.contains(row.key().publisherId())).orElse(true))
                .filter(row -> !scheduledOnly || !row.scheduled().isEmpty())
                .filter(row -> search.isEmpty() || row.searchText().contains(search.get())).toList();
        List<OfferIndexEntry> wanted = statuses.isEmpty() ? found
                : found.stream().filter(row -> statuses.contains(row.sale().status())).toList();
        int pages = Math.max(1, (wanted.size() + size - 1) / size);
        ObjectNode node = Json.object();
        node.set("offers", Json.array(wanted.stream().map(row -> new RankedOffer(row.urgency(now), row)).sorted(order)
                .skip((long) (page - 1) * size).limit(size).map(ranked -> ranked.row().json(now)).toList()));
        node.put("page", page).put("size", size).put("pages", pages).put("total", wanted.size())
                .put("beyondEnd", page > pages);
        node.set("byStatus", byStatus(found));
        return ApiResponse.json(node.put("asOf", Json.time(asOf)));
    }

    private Instant asOf() {
        Instant at = caughtUpAt.orElseThrow(() -> HttpError.unavailable("STARTING", 1,
                "The list of offers is still being read."));
        if (Duration.between(at, clock.instant()).compareTo(STALE) > 0) {
            throw HttpError.unavailable("STARTING", 5, "The list was last level with the topic offer-status at %s, "
                    .formatted(Json.time(at)) + "and the brokers have not answered since.");
        }
        return at;
    }

    /** A row with its urgency, which is computed once per request. */
    private record RankedOffer(int urgency, OfferIndexEntry row) {
    }

    private static Comparator<RankedOffer> order(String name) {
        Comparator<RankedOffer> byKey = Comparator.comparing((RankedOffer ranked) -> ranked.row().key().publisherId())
                .thenComparing(ranked -> ranked.row().key().offerId());
        Comparator<RankedOffer> newestFirst =
                Comparator.<RankedOffer, Instant>comparing(ranked -> ranked.row().versions().changedAt()).reversed()
                        .thenComparing(byKey);
        return switch (name) {
            case "key" -> byKey;
            case "changed" -> newestFirst;
            case "scheduled" -> Comparator.<RankedOffer, Instant>comparing(ranked -> ranked.row().nextChange())
                    .thenComparing(byKey);
            default -> Comparator.comparingInt(RankedOffer::urgency).thenComparing(newestFirst);
        };
    }

    private static Set<Status> statuses(Optional<String> given) {
        return given.map(text -> Arrays.stream(text.split(",")).map(OfferIndex::status).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values()).filter(status -> status.name().equals(name)).findFirst()
                .orElseThrow(() -> HttpError.badRequest("Expected status to be of %s, but it is \"%s\".",
                        Arrays.stream(Status.values()).filter(status -> status != Status.UNKNOWN).map(Status::name)
                                .collect(Collectors.joining(", ")), ApiRequest.shortened(name)));
    }

    private static ObjectNode byStatus(List<OfferIndexEntry> found) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        Arrays.stream(Status.values()).filter(status -> status != Status.UNKNOWN)
                .forEach(status -> counts.put(status, 0));
        found.forEach(row -> counts.merge(row.sale().status(), 1, Integer::sum));
        ObjectNode node = Json.object();
        counts.forEach((status, count) -> node.put(status.name(), count));
        return node;
    }
}
