package io.offerflow.cli.render;

import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Summarizes the plans of each offer in one line, from the rows of plan-status. Used by one thread. */
public final class PlanSummaries {

    private final Map<String, Map<String, PlanStatus>> plans = new TreeMap<>();
    private final Map<String, String> shown = new TreeMap<>();

    /**
     * Takes the newest row of a plan.
     *
     * @param key of the offer and the plan
     * @param row empty if the plan was deleted
     */
    public void plan(String key, Optional<PlanStatus> row) {
        int end = key.lastIndexOf('/');
        Map<String, PlanStatus> ofOffer = plans.computeIfAbsent(key.substring(0, end), offer -> new TreeMap<>());
        row.ifPresentOrElse(status -> ofOffer.put(key.substring(end + 1), status),
                () -> ofOffer.remove(key.substring(end + 1)));
    }

    /** The summaries by offer that are not what the last call returned. */
    public Map<String, String> changes() {
        Map<String, String> changes = new TreeMap<>();
        plans.forEach((offer, rows) -> {
            String now = summary(rows.values());
            if (!now.equals(shown.put(offer, now))) {
                changes.put(offer, now);
            }
        });
        return changes;
    }

    /** The summary of one offer, if it has or had plans. */
    public Optional<String> of(String offer) {
        return Optional.ofNullable(plans.get(offer)).map(rows -> summary(rows.values()));
    }

    /** For example "3 plans live, 1 of them private". */
    private static String summary(Collection<PlanStatus> plans) {
        long onSale = plans.stream().filter(PlanStatus::getOnSale).count();
        long hidden = plans.stream().filter(plan -> plan.getOnSale() && Boolean.TRUE.equals(plan.getPrivateOnSale()))
                .count();
        long edited = plans.stream().filter(plan -> plan.getOnSale() && plan.getUnpublishedChanges()).count();
        long drafts = plans.stream().filter(plan -> plan.getState() == PlanState.DRAFT).count();
        long stopped = plans.size() - onSale - drafts;
        long incomplete = plans.stream().filter(plan -> !plan.getProblems().isEmpty()).count();
        List<String> parts = new ArrayList<>();
        part(parts, onSale, StatusText.count(onSale, "plan") + " live");
        part(parts, hidden, hidden + " of them private");
        part(parts, edited, edited + " edited since");
        part(parts, stopped, StatusText.count(stopped, "plan") + " no longer sold");
        part(parts, drafts, StatusText.count(drafts, "plan") + " in the draft");
        part(parts, incomplete, incomplete + " with problems");
        return parts.isEmpty() ? "no plans left" : String.join(", ", parts);
    }

    private static void part(List<String> parts, long number, String text) {
        if (number > 0) {
            parts.add(text);
        }
    }
}
