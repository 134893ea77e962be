package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.Json;
import io.offerflow.query.JournalReader.OffsetEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Utils;

/** The journal entries of one offer, newest first. */
final class History {

    private final JournalReader journal;

    History(JournalReader journal) {
        this.journal = journal;
    }

    /** Entries, and the offset before which there may be more. */
    private record HistoryPage(List<OffsetEntry> entries, Optional<Long> next) {
    }

    /** Which entries of an offer a client wants. */
    private record HistoryFilter(Optional<Long> before, int limit, Predicate<JournalEntry> filter) {
    }

    ApiResponse of(OfferKey offer, ApiRequest request) {
        request.allowParameters("before", "limit", "dryRuns");
        boolean dryRuns = request.oneOf("dryRuns", "true", List.of("true", "false")).equals("true");
        Optional<Long> before = request.number("before", 0, Long.MAX_VALUE);
        int limit = request.number("limit", 1, 200).orElse(50L).intValue();
        return journal.read(scan -> answer(offer, find(offer, new HistoryFilter(before, limit,
                dryRuns ? any -> true : entry -> !HistoryJson.isDryRun(entry, scan.decoder())), scan), scan.decoder()));
    }

    private static ApiResponse answer(OfferKey offer, HistoryPage page, AvroDecoder decoder) {
        ObjectNode node = Json.object().put("publisherId", offer.publisherId()).put("offerId", offer.offerId());
        node.set("entries", Json.array(page.entries().stream()
                .map(entry -> HistoryJson.of(entry.offset(), entry.entry(), decoder)).toList()));
        node.set("next", Json.number(page.next()));
        return ApiResponse.json(node);
    }

    private HistoryPage find(OfferKey offer, HistoryFilter wanted, JournalReader.Scan scan) {
        int limit = wanted.limit();
        byte[] key = StateCodec.key(offer);
        int partition = Utils.toPositive(Utils.murmur2(key)) % journal.partitions();
        long deadline = System.nanoTime() + JournalReader.MAX_TIME.toNanos();
        long first = scan.first(partition);
        long last = scan.end(partition);
        long to = Math.min(last, wanted.before().orElse(last));
        long lowest = Math.max(first, to - JournalReader.MAX_RECORDS);
        List<OffsetEntry> entries = new ArrayList<>();
        while (to > lowest && entries.size() < limit && System.nanoTime() < deadline) {
            long from = Math.max(lowest, to - JournalReader.CHUNK);
            for (OffsetEntry entry : scan.chunk(partition, from, to, one -> Arrays.equals(one, key)).reversed()) {
                if (wanted.filter().test(entry.entry())) {
                    entries.add(entry);
                }
                if (entry.entry().getSequence() == 1) {
                    return new HistoryPage(page(entries, limit), next(entries, limit));
                }
            }
            to = from;
        }
        Optional<Long> next = entries.size() > limit ? next(entries, limit)
                : to > first ? Optional.of(to) : Optional.empty();
        return new HistoryPage(page(entries, limit), next);
    }

    private static List<OffsetEntry> page(List<OffsetEntry> entries, int limit) {
        return List.copyOf(entries.subList(0, Math.min(limit, entries.size())));
    }

    private static Optional<Long> next(List<OffsetEntry> entries, int limit) {
        return entries.size() > limit ? Optional.of(entries.get(limit - 1).offset()) : Optional.empty();
    }
}
