package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import io.offerflow.query.JournalReader.OffsetEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The journal entries of all offers, newest first: who did what, and when. */
final class Activity {

    private static final String BY_PARTITION = "\\d{1,18}(\\.\\d{1,18})*";

    private final JournalReader journal;

    Activity(JournalReader journal) {
        this.journal = journal;
    }

    /** Which entries a client wants. */
    private record ActivityFilter(Predicate<byte[]> keys, Predicate<JsonNode> filter, int limit) {

        static ActivityFilter of(ApiRequest request) {
            Optional<Set<String>> publishers = ReadAccess.publishers(request);
            Predicate<byte[]> keys = key -> offer(key).filter(offer ->
                    publishers.isEmpty() || publishers.get().contains(offer.publisherId())).isPresent();
            boolean dryRuns = request.oneOf("dryRuns", "true", List.of("true", "false")).equals("true");
            Predicate<JsonNode> filter = entry -> dryRuns || !entry.at("/entry/validateOnly").asBoolean()
                    || entry.at("/entry/events").size() > 0;
            for (String field : List.of("actor", "command", "result")) {
                Optional<String> value = request.text(field);
                filter = filter.and(entry -> value.isEmpty()
                        || entry.path("entry").path(field).asText().equals(value.get()));
            }
            return new ActivityFilter(keys, filter, request.number("limit", 1, 500).orElse(100L).intValue());
        }
    }

    /**
     * An entry. The clocks of offers differ, so entries of a partition are not in the order of their times; by rank
     * they are.
     *
     * @param rank the earliest time of this entry and the newer ones of its partition
     */
    private record RankedEntry(int partition, String rank, ObjectNode json) {
    }

    /** The wanted entries of a partition, newest first, and the offset down to which it was read. */
    private record PartitionEntries(int partition, long first, long to, List<RankedEntry> entries, long readDownTo) {

        /** Where the next page begins, if this one has some of the newest entries. */
        long next(List<RankedEntry> taken) {
            int count = (int) taken.stream().filter(entry -> entry.partition() == partition).count();
            return count == entries.size() ? readDownTo
                    : count == 0 ? to : entries.get(count - 1).json().at("/entry/offset").asLong();
        }
    }

    ApiResponse of(ApiRequest request) {
        request.allowParameters("publisher", "actor", "command", "result", "dryRuns", "limit", "before");
        ActivityFilter wanted = ActivityFilter.of(request);
        return journal.read(scan -> {
            List<Long> before = request.text("before").map(this::offsets)
                    .orElseGet(() -> scan.ends(journal.partitions()));
            long deadline = System.nanoTime() + JournalReader.MAX_TIME.toNanos();
            return page(IntStream.range(0, before.size()).mapToObj(partition ->
                    read(scan, wanted, partition, before.get(partition), deadline)).toList(), wanted.limit());
        });
    }

    private List<Long> offsets(String text) {
        if (!text.matches(BY_PARTITION) || text.split("\\.").length != journal.partitions()) {
            throw HttpError.badRequest("Expected before to be the value of next in another answer, but it is \"%s\".",
                    ApiRequest.shortened(text));
        }
        return Arrays.stream(text.split("\\.")).map(Long::valueOf).toList();
    }

    private PartitionEntries read(JournalReader.Scan scan, ActivityFilter wanted, int partition, long before,
            long deadline) {
        long first = scan.first(partition);
        long end = Math.min(before, scan.end(partition));
        long lowest = Math.max(first, end - JournalReader.MAX_RECORDS / journal.partitions());
        long to = end;
        List<RankedEntry> entries = new ArrayList<>();
        while (to > lowest && entries.size() < wanted.limit() && System.nanoTime() < deadline) {
            long from = Math.max(lowest, to - wanted.limit());
            scan.chunk(partition, from, to, wanted.keys()).reversed().stream().map(record -> json(record, scan))
                    .filter(wanted.filter()).forEach(entry -> entries.add(ranked(partition, entry, entries)));
            to = from;
        }
        return new PartitionEntries(partition, first, end, entries, to);
    }

    private static RankedEntry ranked(int partition, ObjectNode entry, List<RankedEntry> newer) {
        String at = entry.at("/entry/at").asText();
        return new RankedEntry(partition, newer.isEmpty() || newer.getLast().rank().compareTo(at) > 0 ? at
                : newer.getLast().rank(), entry);
    }

    private static ObjectNode json(OffsetEntry record, JournalReader.Scan scan) {
        OfferKey offer = offer(record.key()).orElseThrow();
        return Json.object().put("publisherId", offer.publisherId()).put("offerId", offer.offerId())
                .set("entry", HistoryJson.of(record.offset(), record.entry(), scan.decoder()));
    }

    private static Optional<OfferKey> offer(byte[] key) {
        return OfferKey.parse(new String(key, StandardCharsets.UTF_8));
    }

    private static ApiResponse page(List<PartitionEntries> partitions, int limit) {
        List<RankedEntry> newest = partitions.stream().flatMap(partition -> partition.entries().stream())
                .sorted(Comparator.comparing(RankedEntry::rank).reversed()).limit(limit).toList();
        boolean more = partitions.stream().anyMatch(partition -> partition.next(newest) > partition.first());
        ObjectNode node = Json.object();
        node.set("entries", Json.array(newest.stream().map(RankedEntry::json).toList()));
        node.set("next", Json.text(Optional.of(partitions.stream()
                .map(partition -> Long.toString(partition.next(newest))).collect(Collectors.joining(".")))
                .filter(any -> more)));
        return ApiResponse.json(node);
    }
}
