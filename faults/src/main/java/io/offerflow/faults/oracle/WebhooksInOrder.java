package io.offerflow.faults.oracle;

import io.offerflow.faults.history.WebhookReceipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@link Promise#WEBHOOKS}. */
public final class WebhooksInOrder {

    private static final int NO_PARTITION = -1;

    private WebhooksInOrder() {
    }

    /** Compares what was received with the events of all partitions, each in the order of its offsets. */
    public static List<Violation> check(List<WebhookReceipt> receipts, List<ConsumerRecord<byte[], byte[]>> events) {
        Map<String, List<String>> expected = new TreeMap<>();
        events.forEach(event -> expected.computeIfAbsent(new String(event.key(), StandardCharsets.UTF_8),
                first -> new ArrayList<>()).add(EventId.of(event).orElseThrow().text()));
        Map<String, List<String>> received = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        receipts.stream().filter(receipt -> seen.add(receipt.id())).forEach(receipt ->
                received.computeIfAbsent(receipt.offer(), first -> new ArrayList<>()).add(receipt.id()));
        Violations violations = new Violations(Promise.WEBHOOKS, NO_PARTITION);
        expected.forEach((offer, ids) -> {
            List<String> got = received.getOrDefault(offer, List.of());
            if (!got.equals(ids)) {
                violations.add("%s has %d events, but %d were received, or their first receipts have another order",
                        offer, ids.size(), got.size());
            }
        });
        received.keySet().stream().filter(offer -> !expected.containsKey(offer)).forEach(offer ->
                violations.add("%s was received, but is not on the topic", offer));
        return violations.found();
    }
}
