package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.Result;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.render.StorefrontCache;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what was seen, for the summary. */
final class DemoCounts {

    private final Map<Result, Integer> outcomes = new TreeMap<>();
    private final Map<NotificationTemplate, Integer> notifications = new TreeMap<>();
    private final Map<String, String> finalStatuses = new TreeMap<>();
    private final Map<String, String> plans = new TreeMap<>();
    private final Map<String, String> storefronts = new TreeMap<>();
    private int quarantined;

    synchronized void outcome(CommandOutcome outcome) {
        outcomes.merge(outcome.getResult(), 1, Integer::sum);
    }

    synchronized void notification(Notification mail) {
        notifications.merge(mail.getTemplate(), 1, Integer::sum);
    }

    synchronized void row(String key, Optional<OfferStatus> row) {
        finalStatuses.put(key, row.map(DemoCounts::ended).orElse("Deleted"));
    }

    synchronized void plans(String key, String sentence) {
        plans.put(key, sentence);
    }

    synchronized void storefront(String key, Optional<Storefront> shown) {
        shown.ifPresentOrElse(front -> storefronts.put(key, StorefrontCache.sentence(front)), () -> storefronts.remove(key));
    }

    synchronized void quarantined() {
        quarantined++;
    }

    private static String ended(OfferStatus row) {
        return StatusText.status(row.getStatus()) + Optional.ofNullable(row.getLive())
                .map(live -> ", version " + live.getVersion()).orElse("");
    }

    synchronized String outcomes() {
        return counts(outcomes);
    }

    synchronized String notifications() {
        return counts(notifications);
    }

    synchronized int quarantinedSoFar() {
        return quarantined;
    }

    /** How each offer stands now, by key. */
    synchronized Map<String, String> finalStatuses() {
        return new TreeMap<>(finalStatuses);
    }

    /** How the plans of an offer stand, if it has any. */
    synchronized Optional<String> plansOf(String key) {
        return Optional.ofNullable(plans.get(key));
    }

    /** What customers see of each offer that they can see. */
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
