package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Result;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.render.OutputHandler;
import io.offerflow.cli.render.PlanSummaries;
import io.offerflow.cli.render.StatusText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the records of a demo and keeps the newest rows, for the summary. */
final class DemoCounts implements OutputHandler {

    private final Map<Result, Integer> outcomes = new TreeMap<>();
    private final Map<NotificationTemplate, Integer> notifications = new TreeMap<>();
    private final Map<String, String> statuses = new TreeMap<>();
    private final Map<String, String> storefronts = new TreeMap<>();
    private final PlanSummaries plans = new PlanSummaries();
    private int quarantined;

    @Override
    public synchronized void outcome(String key, CommandOutcome outcome) {
        outcomes.merge(outcome.getResult(), 1, Integer::sum);
    }

    @Override
    public synchronized void notification(String key, Notification notification) {
        notifications.merge(notification.getTemplate(), 1, Integer::sum);
    }

    @Override
    public synchronized void status(String key, Optional<OfferStatus> row) {
        statuses.put(key, row.map(DemoCounts::status).orElse("Deleted"));
    }

    @Override
    public synchronized void plan(String key, Optional<PlanStatus> row) {
        plans.plan(key, row);
    }

    @Override
    public synchronized void storefront(String key, Optional<Storefront> row) {
        row.ifPresentOrElse(shown -> storefronts.put(key, StatusText.storefront(shown)),
                () -> storefronts.remove(key));
    }

    @Override
    public synchronized void quarantined(String key, QuarantinedRecord record) {
        quarantined++;
    }

    private static String status(OfferStatus row) {
        return StatusText.status(row.getStatus()) + Optional.ofNullable(row.getLive())
                .map(live -> ", version " + live.getVersion()).orElse("");
    }

    synchronized String outcomes() {
        return counts(outcomes);
    }

    synchronized String notifications() {
        return counts(notifications);
    }

    synchronized int quarantined() {
        return quarantined;
    }

    /** The newest status of each offer, by key. */
    synchronized Map<String, String> statuses() {
        return new TreeMap<>(statuses);
    }

    /** A summary of the plans of an offer, if it has any. */
    synchronized Optional<String> plansOf(String key) {
        return plans.of(key);
    }

    /** The storefront of each offer that has one, by key. */
    synchronized Map<String, String> storefronts() {
        return new TreeMap<>(storefronts);
    }

    private static <E extends Enum<E>> String counts(Map<E, Integer> counted) {
        if (counted.isEmpty()) {
            return "none";
        }
        return counted.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
